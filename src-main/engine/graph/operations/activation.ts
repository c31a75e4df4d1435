/** @file Activation functions. */
import type { GradientRule, Node } from '../node'
import { multiply, subtract, square } from './arithmetic'
import { checkFloatingPoint } from './checks'
import { scalar } from './source'

/** max(0, input). */
export function relu(input: Node): Node {
  return input.graph.add('relu', [input], {}, { shape: input.shape, dataType: input.dataType })
}

/** The hyperbolic tangent. */
export function tanh(input: Node): Node {
  checkFloatingPoint('tanh', input)
  return input.graph.add('tanh', [input], {}, { shape: input.shape, dataType: input.dataType })
}

/** The logistic function, 1 / (1 + exp(-input)). */
export function sigmoid(input: Node): Node {
  checkFloatingPoint('sigmoid', input)
  return input.graph.add('sigmoid', [input], {}, { shape: input.shape, dataType: input.dataType })
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

/** 1 - tanh^2 */
export const tanhGradient: GradientRule<'tanh'> = (output, upstream) => [
  () => multiply(upstream, subtract(scalar(output.graph, 1, output.dataType), square(output))),
]

/** sigmoid (1 - sigmoid) */
export const sigmoidGradient: GradientRule<'sigmoid'> = (output, upstream) => [
  () => multiply(upstream, subtract(output, square(output))),
]
