/** @file Changes of the data type. */
import type { DataType, GradientRule, Node } from '../node'
import { isFloatingPoint } from './checks'

/**
 * The same numbers in `dataType`; nothing is built if they are of that type already. Floating-point numbers are rounded
 * to another such type and cut off behind the point to an integer; what an integer type does not hold has no defined
 * result. As bool everything but 0 is true, and true is 1.
 */
export function cast(input: Node, dataType: DataType): Node {
  if (input.dataType === dataType) return input
  return input.graph.add('cast', [input], {}, { shape: input.shape, dataType })
}

export const castGradient: GradientRule<'cast'> = ({ inputs: [input], dataType }, upstream) => [
  isFloatingPoint(input.dataType) && isFloatingPoint(dataType) ? () => cast(upstream, input.dataType) : null,
]
