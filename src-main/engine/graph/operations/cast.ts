/** @file Changes of the data type. */
import type { DataType, GradientRule, Node } from '../node'
import { check, isFloatingPoint } from './checks'

/**
 * The same numbers in `dataType`; nothing is built if they are of that type already. Floating-point numbers are rounded
 * to another such type and cut off behind the point to an integer; what an integer type does not hold has no defined
 * result. As bool everything but 0 is true, and true is 1.
 */
export function cast(input: Node, dataType: DataType): Node {
  if (input.dataType === dataType) return input
  return input.graph.add('cast', [input], {}, { shape: input.shape, dataType })
}

/**
 * The bytes of int32 numbers [...] as uint8 [..., 4], the lowest first, and of negative numbers those of the two's
 * complement: a bit cast on every processor that stores the lowest first, as all do that TensorFlow is built for. So
 * bytes can be fed: four in each number.
 */
export function bytesOf(input: Node): Node {
  check('bytesOf', input.dataType === 'int32', `${input.name} is ${input.dataType}`)
  return input.graph.add('bytesOf', [input], {}, { shape: [...input.shape, 4], dataType: 'uint8' })
}

export const castGradient: GradientRule<'cast'> = ({ inputs: [input], dataType }, upstream) => [
  isFloatingPoint(input.dataType) && isFloatingPoint(dataType) ? () => cast(upstream, input.dataType) : null,
]

/** Integers have no gradient. */
export const bytesOfGradient: GradientRule<'bytesOf'> = () => [null]
