/**
 * @file Pooling of images [batch, height, width, channels].
 *
 * TensorFlow pools with the paddings that have a name; margins of one's own become entries of the image, which cannot
 * be the largest, or are zeros.
 */
import type { GradientRule, Node, PoolingAttributes } from '../node'
import { windowOutputSize, type NamedPadding, type Padding, type Shape } from '../shape'
import { divide, mean } from './arithmetic'
import { check, checkLengths, checkMargin, checkRank } from './checks'
import { broadcastLike } from './reduction'
import { scalar } from './source'
import { pad, shapeTensor } from './structure'

const HALVING: PoolingAttributes = { window: [2, 2], strides: [2, 2], padding: 'valid' }

type Margins2d = Exclude<Padding, NamedPadding>

interface PoolingOptions {
  readonly window?: PoolingAttributes['window']
  readonly strides?: PoolingAttributes['strides']
}

interface MaxPoolOptions extends PoolingOptions {
  readonly padding?: Padding
}

/** Whether a mean is taken over the whole window, zeros of its margins included, or over what the image holds of it. */
type AveragePoolOptions = PoolingOptions &
  (
    | { readonly padding?: NamedPadding }
    | {
        readonly padding: Margins2d
        /** PyTorch's `count_include_pad`, which is true by default there. `same` counts none. */
        readonly countMargins: boolean
      }
  )

/**
 * The largest value in each window; by default windows of 2 x 2, side by side. Padding is never the largest.
 * @throws ImpastoError graph-invalid if a window does not fit into the image, or could lie in a margin entirely
 */
export function maxPool(image: Node, options: MaxPoolOptions = {}): Node {
  const attributes = { ...HALVING, ...options }
  const { padding } = attributes
  return typeof padding === 'string'
    ? pool('maxPool', image, { ...attributes, padding })
    : pool('maxPool', surrounded('maxPool', image, padding, attributes.window, -Infinity), {
        ...attributes,
        padding: 'valid',
      })
}

/**
 * The mean of each window; by default windows of 2 x 2, side by side. `same` leaves padding out.
 * @throws ImpastoError graph-invalid if a window does not fit into the image, or could lie in a margin entirely
 */
export function averagePool(image: Node, options: AveragePoolOptions = {}): Node {
  const { window = HALVING.window, strides = HALVING.strides } = options
  if (!('countMargins' in options)) {
    return pool('averagePool', image, { window, strides, padding: options.padding ?? HALVING.padding })
  }
  const { padding, countMargins } = options
  const meanOf = (pixels: Node): Node =>
    pool('averagePool', surrounded('averagePool', pixels, padding, window, 0), {
      window,
      strides,
      padding: 'valid',
    })
  if (countMargins) return meanOf(image)
  // The sum over the window by the number of its pixels, each divided by the window's size.
  const one = scalar(image.graph, 1, image.dataType)
  return divide(meanOf(image), meanOf(broadcastLike(one, image)))
}

/** The mean of each channel over height and width: [batch, channels]. */
export function globalAverage(image: Node): Node {
  checkRank('sum', image, 4)
  return mean(image, [1, 2])
}

function pool(operation: 'maxPool' | 'averagePool', image: Node, attributes: PoolingAttributes): Node {
  const { window, strides, padding } = attributes
  const shape = pooledShape(operation, image, { window, strides, padding })
  return image.graph.add(
    operation,
    [image],
    { window, strides, padding },
    { shape, dataType: image.dataType },
  )
}

/** The image with margins of `value`, so narrow that each window sees something of the image. */
function surrounded(
  operation: 'maxPool' | 'averagePool',
  image: Node,
  margins: Margins2d,
  window: PoolingAttributes['window'],
  value: number,
): Node {
  checkRank(operation, image, 4)
  margins.forEach((margin, axis) => {
    checkMargin(operation, margin)
    const length = window[axis] ?? 0
    check(
      operation,
      margin.every((entries) => entries < length),
      `a margin of ${margin.join(' and ')} holds a window of ${window.join(' x ')}`,
    )
  })
  return pad(image, [[0, 0], ...margins, [0, 0]], value)
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
