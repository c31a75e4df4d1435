/** @file Changes of the data type. */
import type { DataType, GradientRule, Node } from '../node'

/** The same numbers, rounded to `dataType`; nothing is built if they are of that type already. */
export function cast(input: Node, dataType: DataType): Node {
  if (input.dataType === dataType) return input
  return input.graph.add('cast', [input], {}, { shape: input.shape, dataType })
}

export const castGradient: GradientRule<'cast'> = ({ inputs: [input], dataType }, upstream) => [
  isContinuous(input.dataType) && isContinuous(dataType) ? () => cast(upstream, input.dataType) : null,
]

function isContinuous(dataType: DataType): boolean {
  return dataType === 'float32' || dataType === 'float64' || dataType === 'bfloat16'
}
