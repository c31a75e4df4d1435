/**
 * @file Local response normalisation: Krizhevsky et al. 2012, "ImageNet classification with deep convolutional neural
 * networks", section 3.3.
 *
 * TensorFlow has it in float32 alone. In float64, where gradients are tested, it is composed of other operations, and a
 * test holds the two to each other.
 */
import type { GradientRule, LocalResponseAttributes, Node } from '../node'
import { add, exponential, logarithm, multiply, scale, square } from './arithmetic'
import { check, checkRank } from './checks'
import { scalar } from './source'
import { crop, pad } from './structure'

export interface LocalResponseOptions extends LocalResponseAttributes {
  /**
   * What alpha multiplies: the sum of the squares, as in the paper and in TensorFlow, or their mean over a whole window,
   * also where it reaches beyond the channels, as in PyTorch and ONNX.
   */
  readonly alphaOf: 'sum' | 'mean'
}

/**
 * x_c / (bias + alpha * sum_k x_k^2)^beta of an image [batch, height, width, channels], k running at each position over
 * the channels from c - depthRadius to c + depthRadius.
 * @throws ImpastoError graph-invalid if the radius is no whole number from 0 on, the bias, alpha or beta not above 0,
 *   or the image neither float32 nor float64
 */
export function localResponseNormalisation(image: Node, options: LocalResponseOptions): Node {
  const { depthRadius, bias, beta, alphaOf } = options
  const { dataType, shape } = image
  checkRank('localResponseNormalisation', image, 4)
  check(
    'localResponseNormalisation',
    dataType === 'float32' || dataType === 'float64',
    `${image.name} is ${dataType}`,
  )
  check(
    'localResponseNormalisation',
    Number.isInteger(depthRadius) && depthRadius >= 0,
    `a radius of ${String(depthRadius)}`,
  )
  check(
    'localResponseNormalisation',
    bias > 0 && options.alpha > 0 && beta > 0,
    `bias, alpha and beta are ${[bias, options.alpha, beta].join(', ')}`,
  )
  const alpha = alphaOf === 'sum' ? options.alpha : options.alpha / (2 * depthRadius + 1)
  const attributes = { depthRadius, bias, alpha, beta }
  return dataType === 'float64'
    ? composed(image, attributes)
    : image.graph.add('localResponseNormalisation', [image], attributes, { shape, dataType })
}

function composed(image: Node, { depthRadius, bias, alpha, beta }: LocalResponseAttributes): Node {
  const beyond = pad(square(image), alongChannels(depthRadius, depthRadius))
  const sumOfSquares = Array.from({ length: 2 * depthRadius + 1 }, (_, offset) =>
    crop(beyond, alongChannels(offset, 2 * depthRadius - offset)),
  ).reduce(add)
  const base = add(scale(sumOfSquares, alpha), scalar(image.graph, bias, image.dataType))
  return multiply(image, exponential(scale(logarithm(base), -beta)))
}

const alongChannels = (before: number, after: number) =>
  [
    [0, 0],
    [0, 0],
    [0, 0],
    [before, after],
  ] as const

export const localResponseNormalisationGradient: GradientRule<'localResponseNormalisation'> = (
  normalised,
  upstream,
) => [
  () => {
    const { graph, inputs, attributes, shape, dataType } = normalised
    return graph.add('localResponseNormalisationGradient', [inputs[0], normalised, upstream], attributes, {
      shape,
      dataType,
    })
  },
]
