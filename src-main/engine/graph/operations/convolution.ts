/** @file Convolution of images and the addition of a bias. */
import type { ConvolutionAttributes, GradientRule, Node } from '../node'
import { paddingAlong, windowOutputSize } from '../shape'
import { check, checkLengths, checkMargin, checkRank, checkShape, commonDataType } from './checks'
import { sumLike } from './reduction'
import { shapeTensor } from './structure'

/**
 * Correlates an image [batch, height, width, channels] with a filter [height, width, channels / groups, output
 * channels], as networks call convolution. By default stride 1, the size kept, and one group, where all output channels
 * see all channels. Krizhevsky et al. 2012, "ImageNet classification with deep convolutional neural networks", section
 * 3.5, has two groups.
 *
 * @throws ImpastoError graph-invalid if the filter is not for as many channels or does not fit into the image, or
 *   channels cannot be dealt out evenly to the groups
 */
export function conv2d(image: Node, filter: Node, options: Partial<ConvolutionAttributes> = {}): Node {
  const { strides = [1, 1], padding = 'same', groups = 1 } = options
  checkRank('conv2d', image, 4)
  checkRank('conv2d', filter, 4)
  const [batch = null, height = null, width = null, channels = null] = image.shape
  const [filterHeight = null, filterWidth = null, , outputChannels = null] = filter.shape
  checkLengths('conv2d', 'groups', [groups])
  checkShape('conv2d', filter, [filterHeight, filterWidth, inGroups(channels, groups), outputChannels])
  inGroups(outputChannels, groups)
  checkLengths('conv2d', 'strides', strides)
  if (typeof padding !== 'string') for (const margin of padding) checkMargin('conv2d', margin)
  const shape = [
    batch,
    windowOutputSize(height, filterHeight, strides[0], paddingAlong(padding, 0)),
    windowOutputSize(width, filterWidth, strides[1], paddingAlong(padding, 1)),
    outputChannels,
  ]
  const dataType = commonDataType('conv2d', image, filter)
  return image.graph.add('conv2d', [image, filter], { strides, padding, groups }, { shape, dataType })
}

function inGroups(channels: number | null, groups: number): number | null {
  check(
    'conv2d',
    channels === null || channels % groups === 0,
    `${String(channels)} channels cannot be dealt out evenly to ${String(groups)} groups`,
  )
  return channels === null ? null : channels / groups
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
