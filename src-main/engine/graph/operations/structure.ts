/** @file Operations that rearrange or describe a tensor and leave its numbers alone. */
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'
import type { DataType, GradientRule, Margins, Node } from '../node'
import { elementCountOf, formatShape, isKnown, type Shape } from '../shape'
import { cast } from './cast'
import { check, checkAxis, checkMargin, checkNumeric, checkRank, checkShape, commonDataType } from './checks'
import { constant, scalar } from './source'

/** The sizes of `input` as an int32 vector: a constant if they are known, else read in the run. */
export function shapeTensor(input: Node): Node {
  if (isKnown(input.shape)) return constant(input.graph, Int32Array.from(input.shape), [input.shape.length])
  return input.graph.add('shapeOf', [input], {}, { shape: [input.shape.length], dataType: 'int32' })
}

/** The number of elements of `input` as a scalar of type `dataType`. */
export function elementCount(input: Node, dataType: DataType): Node {
  const known = elementCountOf(input.shape)
  if (known !== null) return scalar(input.graph, known, dataType)
  return cast(input.graph.add('elementCount', [input], {}, { shape: [], dataType: 'int32' }), dataType)
}

/** The same elements, in the same order, under another shape. At most one size may be null: it takes what is left. */
export function reshape(input: Node, shape: Shape): Node {
  const unknown = shape.filter((size) => size === null).length
  check('reshape', unknown <= 1, `${formatShape(shape)} leaves more than one size open`)
  const before = elementCountOf(input.shape)
  const known = shape.reduce<number>((product, size) => product * (size ?? 1), 1)
  check(
    'reshape',
    before === null || (unknown === 0 ? before === known : before % known === 0),
    `${formatShape(input.shape)} does not fit into ${formatShape(shape)}`,
  )
  const result = before === null ? shape : shape.map((size) => size ?? before / known)
  const sizes = constant(
    input.graph,
    Int32Array.from(shape, (size) => size ?? -1),
    [shape.length],
  )
  return reshapeTo(input, sizes, result)
}

/** `input` under the shape of `model`, whose sizes may be unknown. */
export function reshapeLike(input: Node, model: Node): Node {
  return reshapeTo(input, shapeTensor(model), model.shape)
}

function reshapeTo(input: Node, sizes: Node, shape: Shape): Node {
  return input.graph.add('reshape', [input, sizes], {}, { shape, dataType: input.dataType })
}

/** Adds entries around `input`, all of them `value`. */
export function pad(input: Node, margins: Margins, value = 0): Node {
  checkNumeric('pad', input)
  return input.graph.add('pad', [input], { margins, value }, withMargins('pad', input, margins, 1))
}

/** Takes entries away from the ends of each axis: the transpose of `pad`. */
export function crop(input: Node, margins: Margins): Node {
  return input.graph.add('crop', [input], { margins }, withMargins('crop', input, margins, -1))
}

/**
 * The inputs one behind the other along `axis`, along which their sizes must be known: the gradient finds its parts by
 * them. They agree in all other sizes.
 */
export function concatenate(inputs: readonly Node[], axis: number): Node {
  const [first, ...others] = inputs
  if (first === undefined) {
    throw new ImpastoError('graph-invalid', { operation: 'concatenate', reason: 'there is nothing to join' })
  }
  checkAxis('concatenate', first, axis)
  for (const other of others)
    checkShape('concatenate', other, first.shape.with(axis, other.shape[axis] ?? null))
  const dataType = commonDataType('concatenate', first, ...others)
  const size = inputs.reduce((sum, input) => sum + knownSize(input, axis), 0)
  const shape = first.shape.map((_, at) => {
    const known = inputs.map((input) => input.shape[at] ?? null).find((one) => one !== null)
    return at === axis ? size : (known ?? null)
  })
  return others.length === 0 ? first : first.graph.add('concatenate', inputs, { axis }, { shape, dataType })
}

function knownSize({ name, shape }: Node, axis: number): number {
  const size = shape[axis] ?? null
  if (size !== null) return size
  const reason = `the size of ${name} ${formatShape(shape)} along axis ${String(axis)} is unknown`
  throw new ImpastoError('graph-invalid', { operation: 'concatenate', reason })
}

function withMargins(
  operation: 'pad' | 'crop',
  input: Node,
  margins: Margins,
  sign: 1 | -1,
): { shape: Shape; dataType: DataType } {
  checkRank(operation, input, margins.length)
  const shape = input.shape.map((size, axis) => {
    const [before, after] = margins[axis] ?? [0, 0]
    checkMargin(operation, [before, after])
    const result = size === null ? null : size + sign * (before + after)
    check(
      operation,
      result === null || result >= 0,
      `${formatShape(input.shape)} is smaller than its margins`,
    )
    return result
  })
  return { shape, dataType: input.dataType }
}

export const shapeOfGradient: GradientRule<'shapeOf'> = () => [null]

export const elementCountGradient: GradientRule<'elementCount'> = () => [null]

export const reshapeGradient: GradientRule<'reshape'> = ({ inputs: [input] }, upstream) => [
  () => reshapeLike(upstream, input),
  null,
]

export const padGradient: GradientRule<'pad'> = ({ attributes: { margins } }, upstream) => [
  () => crop(upstream, margins),
]

export const cropGradient: GradientRule<'crop'> = ({ attributes: { margins } }, upstream) => [
  () => pad(upstream, margins),
]

/** To each input its part of `upstream`. */
export const concatenateGradient: GradientRule<'concatenate'> = (
  { inputs, attributes: { axis }, shape },
  upstream,
) => {
  const sizes = inputs.map((input) => knownSize(input, axis))
  const total = sizes.reduce((sum, size) => sum + size)
  return sizes.map((size, position) => () => {
    const before = sizes.slice(0, position).reduce((sum, earlier) => sum + earlier, 0)
    const margins = shape.map((_, at): [number, number] =>
      at === axis ? [before, total - before - size] : [0, 0],
    )
    return crop(upstream, margins)
  })
}
