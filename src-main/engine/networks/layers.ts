/**
 * @file The layers that networks are made of. A layer is a scope of the graph under its own name, and its parameters
 * lie there: `block1_conv1/kernel`.
 */
import type { Node } from '../graph/node'
import { relu } from '../graph/operations/activation'
import { cast } from '../graph/operations/cast'
import { biasAdd, conv2d } from '../graph/operations/convolution'
import { check } from '../graph/operations/checks'
import { matMul } from '../graph/operations/linear-algebra'
import { reshape } from '../graph/operations/structure'
import type { Parameters } from './parameters'

export interface ConvolutionLayer {
  readonly channels: number
  /** Side of the square window. */
  readonly window: number
}

/** A convolution that keeps height and width, its bias, and ReLU. Computes in the type of `input`. */
export function convolutionWithRelu(
  name: string,
  input: Node,
  { channels, window }: ConvolutionLayer,
  parameters: Parameters,
): Node {
  const { graph } = input
  return graph.scope(name, () => {
    const shape = [window, window, knownSize(input, -1), channels]
    const kernel = cast(parameters.tensor(graph, 'kernel', shape, 'kernel'), input.dataType)
    const bias = cast(parameters.tensor(graph, 'bias', [channels], 'bias'), input.dataType)
    return relu(biasAdd(conv2d(input, kernel), bias))
  })
}

/** Every value of [batch, inputs] joined with every one of [batch, units], and a bias. */
export function fullyConnected(name: string, input: Node, units: number, parameters: Parameters): Node {
  const { graph } = input
  return graph.scope(name, () => {
    const kernel = parameters.tensor(graph, 'kernel', [knownSize(input, -1), units], 'kernel')
    return biasAdd(matMul(input, kernel), parameters.tensor(graph, 'bias', [units], 'bias'))
  })
}

/** An image [batch, height, width, channels] as [batch, height * width * channels]. */
export function flatten(name: string, image: Node): Node {
  return image.graph.scope(name, () => {
    const length = [1, 2, 3].reduce((product, axis) => product * knownSize(image, axis), 1)
    return reshape(image, [image.shape[0] ?? null, length])
  })
}

/** @throws ImpastoError graph-invalid where only a run would know it: parameters need a size */
function knownSize(input: Node, axis: number): number {
  const size = input.shape.at(axis) ?? null
  check(input.kind, size !== null, `the size of ${input.name} along axis ${String(axis)} is not known`)
  return size ?? NaN
}
