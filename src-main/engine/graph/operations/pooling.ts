/** @file Pooling of images [batch, height, width, channels]. */
import type { GradientRule, Node, PoolingAttributes } from '../node'
import { windowOutputSize, type Shape } from '../shape'
import { checkLengths, checkRank } from './checks'
import { shapeTensor } from './structure'

const HALVING: PoolingAttributes = { window: [2, 2], strides: [2, 2], padding: 'valid' }

/** The largest value in each window; by default windows of 2 x 2, side by side. */
export function maxPool(image: Node, options: Partial<PoolingAttributes> = {}): Node {
  const attributes = { ...HALVING, ...options }
  const { dataType } = image
  const shape = pooledShape('maxPool', image, attributes)
  return image.graph.add('maxPool', [image], attributes, { shape, dataType })
}

/** The mean of each window, padding left out; by default windows of 2 x 2, side by side. */
export function averagePool(image: Node, options: Partial<PoolingAttributes> = {}): Node {
  const attributes = { ...HALVING, ...options }
  const { dataType } = image
  const shape = pooledShape('averagePool', image, attributes)
  return image.graph.add('averagePool', [image], attributes, { shape, dataType })
}

function pooledShape(
  operation: 'maxPool' | 'averagePool',
  image: Node,
  { window, strides, padding }: PoolingAttributes,
): Shape {
  checkRank(operation, image, 4)
  checkLengths(operation, 'window', window)
  checkLengths(operation, 'strides', strides)
  const [batch = null, height = null, width = null, channels = null] = image.shape
  return [
    batch,
    windowOutputSize(height, window[0], strides[0], padding),
    windowOutputSize(width, window[1], strides[1], padding),
    channels,
  ]
}

export const maxPoolGradient: GradientRule<'maxPool'> = (pooled, upstream) => {
  const [image] = pooled.inputs
  const { shape, dataType } = image
  return [
    () =>
      image.graph.add('maxPoolGradient', [image, pooled, upstream], pooled.attributes, { shape, dataType }),
  ]
}

export const averagePoolGradient: GradientRule<'averagePool'> = (
  { inputs: [image], attributes },
  upstream,
) => {
  const { shape, dataType } = image
  return [
    () =>
      image.graph.add('averagePoolGradient', [shapeTensor(image), upstream], attributes, { shape, dataType }),
  ]
}
