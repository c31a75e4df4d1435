/** @file What every executor offers: a function over tensors, made from a graph. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { Node } from '../graph/node'
import type { Update } from '../graph/operations/state'
import { elementCountOf, formatShape, shapesAgree } from '../graph/shape'

/** A tensor outside of the graph: values in row-major order. */
export interface TensorValue {
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array
}

/**
 * The part of a graph that computes `outputs` from `inputs`, which are placeholders, and then makes its updates, at
 * most one for each variable. What crosses this border is float32 or int32; another type has to be cast inside of the
 * graph.
 */
export interface GraphFunction<Input extends string = string, Output extends string = string> {
  readonly inputs: Readonly<Record<Input, Node>>
  readonly outputs: Readonly<Record<Output, Node>>
  readonly updates?: readonly Update[]
}

/** Functions over one graph, which share its variables and its constants. */
export type Program = Readonly<Record<string, GraphFunction>>

/** Computes the outputs of `read`, by default all, makes the updates, and copies the outputs out; blocks until then. */
export type Callable<Called extends GraphFunction> = <Read extends keyof Called['outputs'] & string>(
  feeds: Readonly<Record<keyof Called['inputs'], TensorValue>>,
  read?: readonly Read[],
) => Readonly<Record<Read, TensorValue>>

/** A program that can be called. Owns native memory until it is disposed. */
export interface Executor<Called extends Program> {
  readonly functions: { readonly [Name in keyof Called]: Callable<Called[Name]> }
  /** Copies of these variables, by their names. */
  readVariables<Name extends string>(names: readonly Name[]): Readonly<Record<Name, TensorValue>>
  /** Gives variables new values, which are copied; the others keep theirs. */
  writeVariables(values: Readonly<Record<string, TensorValue>>): void
  dispose(): void
}

/**
 * @throws ImpastoError graph-invalid if the functions are of several graphs, an input is no placeholder, a border's
 *   type is neither float32 nor int32, or a function updates a variable twice.
 */
export function checkProgram(program: Program): void {
  const graphs = new Set(nodesAtBorders(program).map(({ graph }) => graph))
  if (graphs.size > 1) {
    throw new ImpastoError('graph-invalid', {
      operation: 'program',
      reason: 'it has functions of several graphs',
    })
  }
  for (const graphFunction of Object.values(program)) checkGraphFunction(graphFunction)
}

/** The inputs and outputs of all functions, and what their updates read and change. */
export function nodesAtBorders(program: Program): readonly Node[] {
  return Object.values(program).flatMap(({ inputs, outputs, updates = [] }) => [
    ...Object.values(inputs),
    ...Object.values(outputs),
    ...updates.flatMap(({ variable, value }) => [variable, value]),
  ])
}

function checkGraphFunction({ inputs, outputs, updates = [] }: GraphFunction): void {
  for (const [name, { kind }] of Object.entries(inputs)) {
    if (kind !== 'placeholder') {
      throw new ImpastoError('graph-invalid', { operation: kind, reason: `input ${name} is no placeholder` })
    }
  }
  for (const [name, node] of [...Object.entries(inputs), ...Object.entries(outputs)]) checkBorder(name, node)
  const updated = updates.map(({ variable }) => variable)
  const twice = updated.find((variable, position) => updated.indexOf(variable) !== position)
  if (twice !== undefined) {
    throw new ImpastoError('graph-invalid', {
      operation: 'variable',
      reason: `${twice.name} is updated twice`,
    })
  }
}

/** @throws ImpastoError graph-invalid if a tensor of this type cannot be fed or read. */
export function checkBorder(name: string, { kind, dataType }: Pick<Node, 'kind' | 'dataType'>): void {
  if (dataType === 'float32' || dataType === 'int32') return
  throw new ImpastoError('graph-invalid', {
    operation: kind,
    reason: `${name} is ${dataType}, which cannot cross the border of the graph`,
  })
}

/** What a feed has to fit: a placeholder without its graph, whose constants an executor need not keep alive. */
export type InputDescription = Pick<Node, 'kind' | 'shape' | 'dataType'>

/** @throws ImpastoError graph-invalid unless `feed` is there and fits its placeholder. */
export function checkFeed(name: string, input: InputDescription, feed: TensorValue | undefined): TensorValue {
  const reason = feed === undefined ? 'it is missing' : mismatch(input, feed)
  if (feed === undefined || reason !== null) {
    throw new ImpastoError('graph-invalid', {
      operation: input.kind,
      reason: `feed ${name}: ${reason ?? ''}`,
    })
  }
  return feed
}

function mismatch(input: InputDescription, { shape, values }: TensorValue): string | null {
  const dataType = values instanceof Float32Array ? 'float32' : 'int32'
  if (dataType !== input.dataType) return `it is ${dataType} and should be ${input.dataType}`
  if (!shapesAgree(input.shape, shape)) {
    return `its shape is ${formatShape(shape)} and should be ${formatShape(input.shape)}`
  }
  if (!shape.every((size) => Number.isInteger(size) && size >= 1)) {
    return `its shape is ${formatShape(shape)}, and sizes are whole and at least 1`
  }
  if (elementCountOf(shape) !== values.length) {
    return `${String(values.length)} values do not fill ${formatShape(shape)}`
  }
  return null
}
