/** @file Convolution of images and the addition of a bias. */
import type { ConvolutionAttributes, GradientRule, Node } from '../node'
import { windowOutputSize } from '../shape'
import { checkLengths, checkRank, checkShape, commonDataType } from './checks'
import { sumLike } from './reduction'
import { shapeTensor } from './structure'

/**
 * Correlates an image [batch, height, width, channels] with a filter [height, width, channels, output channels], as
 * networks call convolution. By default stride 1 and the size kept.
 */
export function conv2d(image: Node, filter: Node, options: Partial<ConvolutionAttributes> = {}): Node {
  const { strides = [1, 1], padding = 'same' } = options
  checkRank('conv2d', image, 4)
  checkRank('conv2d', filter, 4)
  const [batch = null, height = null, width = null, channels = null] = image.shape
  const [filterHeight = null, filterWidth = null, , outputChannels = null] = filter.shape
  checkShape('conv2d', filter, [filterHeight, filterWidth, channels, outputChannels])
  checkLengths('conv2d', 'strides', strides)
  const shape = [
    batch,
    windowOutputSize(height, filterHeight, strides[0], padding),
    windowOutputSize(width, filterWidth, strides[1], padding),
    outputChannels,
  ]
  const dataType = commonDataType('conv2d', image, filter)
  return image.graph.add('conv2d', [image, filter], { strides, padding }, { shape, dataType })
}

/** Adds `bias` [channels] to every position of `input` [..., channels]. */
export function biasAdd(input: Node, bias: Node): Node {
  checkShape('biasAdd', bias, [input.shape.at(-1) ?? null])
  const dataType = commonDataType('biasAdd', input, bias)
  return input.graph.add('biasAdd', [input, bias], {}, { shape: input.shape, dataType })
}

export const conv2dGradient: GradientRule<'conv2d'> = ({ inputs, attributes, graph }, upstream) => {
  const [image, filter] = inputs
  const { dataType } = upstream
  return [
    () =>
      graph.add('conv2dImageGradient', [shapeTensor(image), filter, upstream], attributes, {
        shape: image.shape,
        dataType,
      }),
    () =>
      graph.add('conv2dFilterGradient', [image, shapeTensor(filter), upstream], attributes, {
        shape: filter.shape,
        dataType,
      }),
  ]
}

export const biasAddGradient: GradientRule<'biasAdd'> = ({ inputs: [, bias] }, upstream) => [
  () => upstream,
  () => sumLike(upstream, bias),
]
