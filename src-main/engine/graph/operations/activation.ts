/** @file Activation functions. */
import type { GradientRule, Node } from '../node'

/** max(0, input). */
export function relu(input: Node): Node {
  return input.graph.add('relu', [input], {}, { shape: input.shape, dataType: input.dataType })
}

/** Reads relu's output, not its input, so that an executor may fuse relu with what stands before it. */
export const reluGradient: GradientRule<'relu'> = (output, upstream) => [
  () =>
    output.graph.add(
      'reluGradient',
      [output, upstream],
      {},
      { shape: output.shape, dataType: output.dataType },
    ),
]
