/**
 * @file What a network costs, told from its graph alone: no value is needed, so the variables need none.
 *
 * A layer is a scope that holds an operation of a kind that is counted (`layerKindOf`), whatever else stands in it.
 */
import type { LayerCosts } from '../../../src-shared/model/network-costs'
import { ancestors, type Graph } from './graph'
import type { Node, NodeOf, OperationKind } from './node'
import type { Variable } from './operations/state'
import { isKnown, type Shape } from './shape'

const layerKindOf: Partial<Record<OperationKind, LayerCosts['kind']>> = {
  conv2d: 'convolution',
  matMul: 'fully-connected',
  maxPool: 'max-pooling',
  averagePool: 'average-pooling',
  batchNormalisation: 'batch-normalisation',
}

/**
 * The layers that `output` depends on, from the input on.
 *
 * @param output made from an image whose sizes are all known, batch 1
 * @param trainable the variables that training changes; others hold statistics
 */
export function layerCosts(output: Node, trainable: ReadonlySet<Variable>): readonly LayerCosts[] {
  const nodes = ancestors([output])
  const fields = receptiveFields(nodes)
  return [...scopesOf(nodes)].flatMap(([name, members]) => {
    const counted = members.filter(({ kind }) => layerKindOf[kind] !== undefined)
    const [first] = counted
    const last = members.at(-1)
    const kind = first === undefined ? undefined : layerKindOf[first.kind]
    if (first === undefined || last === undefined || kind === undefined) return []
    const variables = members.filter(
      (node): node is Variable => node.kind === 'variable' && trainable.has(node),
    )
    return [
      {
        name,
        kind,
        outputShape: known(last.shape).slice(1),
        parameters: variables.reduce((sum, { shape }) => sum + elements(shape), 0),
        formula: formulaOf(variables, biasesOf(members)),
        multiplyAdds: counted.reduce((sum, node) => sum + multiplyAddsOf(node), 0),
        receptiveField: Math.max(...fieldOf(last, fields).field),
      },
    ]
  })
}

/** The numbers of all variables of a network's graph, and of those that are `trainable`; others hold statistics. */
export function parameterCounts(
  { nodes }: Graph,
  trainable: ReadonlySet<Variable>,
): { readonly trainable: number; readonly total: number } {
  const variables = nodes.filter((node): node is Variable => node.kind === 'variable')
  const count = (counted: readonly Variable[]): number =>
    counted.reduce((sum, { shape }) => sum + elements(shape), 0)
  return {
    trainable: count(variables.filter((node) => trainable.has(node))),
    total: count(variables),
  }
}

/** The nodes that lie in a scope, by its name, in the order of their first ones. */
function scopesOf(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const scopes = new Map<string, Node[]>()
  for (const node of nodes) {
    const end = node.name.lastIndexOf('/')
    if (end < 0) continue
    const scope = node.name.slice(0, end)
    const members = scopes.get(scope)
    if (members === undefined) scopes.set(scope, [node])
    else members.push(node)
  }
  return scopes
}

/** A kernel and its bias together as `(inputs + 1) × outputs`, anything else by its shape. */
function formulaOf(variables: readonly Variable[], biases: ReadonlySet<Node>): string {
  const terms: string[] = []
  let rest = [...variables]
  for (const variable of variables) {
    if (!rest.includes(variable)) continue
    rest = rest.filter((other) => other !== variable)
    const outputs = variable.shape.at(-1)
    const inputs = variable.shape.slice(0, -1).join(' × ')
    const bias = rest.find((other) => biases.has(other) && other.shape[0] === outputs)
    if (variable.shape.length < 2 || bias === undefined) terms.push(variable.shape.join(' × '))
    else {
      rest = rest.filter((other) => other !== bias)
      terms.push(`(${inputs} + 1) × ${String(outputs)}`)
    }
  }
  return terms.join(' + ')
}

function biasesOf(nodes: readonly Node[]): ReadonlySet<Node> {
  return new Set(nodes.flatMap((node) => (node.kind === 'biasAdd' ? [node.inputs[1]] : [])))
}

/** Products of a weight and a value, each with its addition; biases, pooling and activations count nothing. */
function multiplyAddsOf(node: Node): number {
  switch (node.kind) {
    case 'conv2d': {
      const [, filter] = node.inputs
      return elements(node.shape) * elements(filter.shape.slice(0, 3))
    }
    case 'matMul': {
      const [a] = node.inputs
      return elements(node.shape) * (known(a.shape)[node.attributes.transposeA ? 0 : 1] ?? 1)
    }
    default:
      return 0
  }
}

/**
 * How much of the input one value sees, and how far apart two neighbours look, in pixels [vertical, horizontal]:
 * a window of w values widens the field by (w - 1) jumps, a stride of s makes the jump s times as long.
 */
interface ReceptiveField {
  readonly field: readonly [number, number]
  readonly jump: readonly [number, number]
}

const ONE_PIXEL: ReceptiveField = { field: [1, 1], jump: [1, 1] }

function receptiveFields(nodes: readonly Node[]): ReadonlyMap<Node, ReceptiveField> {
  const fields = new Map<Node, ReceptiveField>()
  for (const node of nodes) {
    const widest = widestOf((node.inputs as readonly Node[]).flatMap((input) => fields.get(input) ?? []))
    fields.set(node, seenThrough(node, widest))
  }
  return fields
}

function fieldOf(node: Node, fields: ReadonlyMap<Node, ReceptiveField>): ReceptiveField {
  return fields.get(node) ?? ONE_PIXEL
}

function widestOf(fields: readonly ReceptiveField[]): ReceptiveField {
  return fields.reduce(
    (widest, { field, jump }) => ({
      field: [Math.max(widest.field[0], field[0]), Math.max(widest.field[1], field[1])],
      jump: [Math.max(widest.jump[0], jump[0]), Math.max(widest.jump[1], jump[1])],
    }),
    ONE_PIXEL,
  )
}

function seenThrough(node: Node, input: ReceptiveField): ReceptiveField {
  switch (node.kind) {
    case 'conv2d': {
      const [height = 1, width = 1] = known(node.inputs[1].shape)
      return widened(input, [height, width], node.attributes.strides)
    }
    case 'maxPool':
    case 'averagePool':
      return widened(input, node.attributes.window, node.attributes.strides)
    case 'reshape':
    case 'sum':
      return overWholeImage(node, input)
    default:
      return input
  }
}

/** What puts all positions of an image together sees as much as a window over all of them. */
function overWholeImage({ inputs: [image], shape }: NodeOf<'reshape' | 'sum'>, input: ReceptiveField) {
  const [, height = 1, width = 1] = image.shape.length === 4 && shape.length < 4 ? known(image.shape) : []
  return widened(input, [height, width], [1, 1])
}

function widened(
  { field, jump }: ReceptiveField,
  window: readonly [number, number],
  strides: readonly [number, number],
): ReceptiveField {
  return {
    field: [field[0] + (window[0] - 1) * jump[0], field[1] + (window[1] - 1) * jump[1]],
    jump: [jump[0] * strides[0], jump[1] * strides[1]],
  }
}

const elements = (shape: Shape): number => known(shape).reduce((product, size) => product * size, 1)

/** @throws Error where a size is open: the caller has to give the image all of its sizes */
function known(shape: Shape): readonly number[] {
  if (isKnown(shape)) return shape
  throw new Error('costs need sizes that are known')
}
