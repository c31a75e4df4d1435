/** @file Where values enter a graph: placeholders, which a run feeds, and constants. */
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'
import type { Graph } from '../graph'
import type { ConstantValues, DataType, GradientRule, Node } from '../node'
import { elementCountOf, formatShape, type Shape } from '../shape'
import { cast } from './cast'

/** A value that each run is fed. */
export function placeholder(graph: Graph, name: string, shape: Shape, dataType: DataType = 'float32'): Node {
  return graph.add('placeholder', [], {}, { shape, dataType }, name)
}

/** Fixed values in row-major order; the array's kind gives the data type. */
export function constant(
  graph: Graph,
  values: ConstantValues,
  shape: readonly number[],
  name?: string,
): Node {
  if (elementCountOf(shape) !== values.length) {
    throw new ImpastoError('graph-invalid', {
      operation: 'constant',
      reason: `${String(values.length)} values do not fill ${formatShape(shape)}`,
    })
  }
  return graph.add('constant', [], { values }, { shape, dataType: dataTypeOf(values) }, name)
}

/** A constant of rank 0. */
export function scalar(graph: Graph, value: number, dataType: DataType = 'float32'): Node {
  switch (dataType) {
    case 'float32':
      return constant(graph, Float32Array.of(value), [])
    case 'float64':
      return constant(graph, Float64Array.of(value), [])
    case 'int32':
      return constant(graph, Int32Array.of(value), [])
    case 'bfloat16':
    case 'uint8':
    case 'bool':
      return cast(scalar(graph, value), dataType)
  }
}

function dataTypeOf(values: ConstantValues): DataType {
  if (values instanceof Float32Array) return 'float32'
  return values instanceof Float64Array ? 'float64' : 'int32'
}

export const placeholderGradient: GradientRule<'placeholder'> = () => []
export const constantGradient: GradientRule<'constant'> = () => []
