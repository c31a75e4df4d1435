/** @file What every executor offers: a function over tensors, made from a graph. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { Node } from '../graph/node'
import { elementCountOf, formatShape, shapesAgree } from '../graph/shape'

/** A tensor outside of the graph: values in row-major order. */
export interface TensorValue {
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array
}

/**
 * The part of a graph that computes `outputs` from `inputs`, which are placeholders. What crosses this border is
 * float32 or int32; another type has to be cast inside of the graph.
 */
export interface GraphFunction<Input extends string = string, Output extends string = string> {
  readonly inputs: Readonly<Record<Input, Node>>
  readonly outputs: Readonly<Record<Output, Node>>
}

/** A graph function that can be called. Owns native memory until it is disposed. */
export interface Executor<Input extends string = string, Output extends string = string> {
  /** Computes every output and copies out those of `read`, by default all; blocks until it is done. */
  run<Read extends Output = Output>(
    feeds: Readonly<Record<Input, TensorValue>>,
    read?: readonly Read[],
  ): Readonly<Record<Read, TensorValue>>
  dispose(): void
}

/** @throws ImpastoError graph-invalid if an input is no placeholder or a border's type is neither float32 nor int32. */
export function checkGraphFunction({ inputs, outputs }: GraphFunction): void {
  for (const [name, { kind }] of Object.entries(inputs)) {
    if (kind !== 'placeholder') {
      throw new ImpastoError('graph-invalid', { operation: kind, reason: `input ${name} is no placeholder` })
    }
  }
  for (const [name, { kind, dataType }] of [...Object.entries(inputs), ...Object.entries(outputs)]) {
    if (dataType === 'float64' || dataType === 'bfloat16') {
      throw new ImpastoError('graph-invalid', {
        operation: kind,
        reason: `${name} is ${dataType}, which cannot leave the graph`,
      })
    }
  }
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
  if (elementCountOf(shape) !== values.length) {
    return `${String(values.length)} values do not fill ${formatShape(shape)}`
  }
  return null
}
