/**
 * @file Convolution and its gradients by tfjs. Its gradients know no margins of one's own: so an image gets zeros for
 * them before, and its gradient loses them afterwards. It knows no groups: each is convolved by itself.
 */
import type { ConvolutionAttributes } from '../../graph/node'
import type { Margin, NamedPadding } from '../../graph/shape'
import { tf } from '../tensorflow'
import { kernel, windowAttributes } from './kernel'

export function convolve(image: tf.Tensor, filter: tf.Tensor, attributes: ConvolutionAttributes): tf.Tensor {
  const { strides, groups } = attributes
  const { padding, margins } = paddingOf(attributes)
  return inGroups(groups, tf.pad(image, margins), filter, (images, filters) =>
    tf.conv2d(images as tf.Tensor4D, filters as tf.Tensor4D, [...strides], padding),
  )
}

export function imageGradient(
  imageShape: readonly number[],
  filter: tf.Tensor,
  upstream: tf.Tensor,
  attributes: ConvolutionAttributes,
): tf.Tensor {
  const { strides, groups } = attributes
  const { padding, margins } = paddingOf(attributes)
  const surrounded = imageShape.map((size, axis) =>
    (margins[axis] ?? []).reduce((sum, entries) => sum + entries, size),
  )
  const inputShape = ofOneGroup(surrounded, groups)
  const gradient = inGroups(groups, filter, upstream, (filters, dy) =>
    kernel(
      'Conv2DBackpropInput',
      { dy, filter: filters },
      { ...windowAttributes({ strides, padding }), inputShape },
    ),
  )
  return tf.slice(
    gradient,
    margins.map(([before]) => before),
    [...imageShape],
  )
}

export function filterGradient(
  image: tf.Tensor,
  filterShape: readonly number[],
  upstream: tf.Tensor,
  attributes: ConvolutionAttributes,
): tf.Tensor {
  const { strides, groups } = attributes
  const { padding, margins } = paddingOf(attributes)
  return inGroups(groups, tf.pad(image, margins), upstream, (x, dy) =>
    kernel(
      'Conv2DBackpropFilter',
      { x, dy },
      { ...windowAttributes({ strides, padding }), filterShape: ofOneGroup(filterShape, groups) },
    ),
  )
}

/** Both cut along their last axis, part by part, and the results joined along it. */
function inGroups(
  groups: number,
  a: tf.Tensor,
  b: tf.Tensor,
  compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  if (groups === 1) return compute(a, b)
  const [partsOfA, partsOfB] = [tf.split(a, groups, 3), tf.split(b, groups, 3)]
  const parts = partsOfA.flatMap((part, group) => {
    const other = partsOfB[group]
    return other === undefined ? [] : [compute(part, other)]
  })
  return tf.concat(parts, 3)
}

/** Of an image or a filter. */
function ofOneGroup(shape: readonly number[], groups: number): number[] {
  return shape.map((size, axis) => (axis === 3 ? size / groups : size))
}

/** The padding that tfjs does, and what is to be added to the image for the rest of it. */
function paddingOf({ padding }: ConvolutionAttributes): {
  readonly padding: NamedPadding
  readonly margins: [number, number][]
} {
  const [vertical, horizontal]: readonly [Margin, Margin] =
    typeof padding === 'string' ? [NONE, NONE] : padding
  const margins = [NONE, vertical, horizontal, NONE].map(([before, after]): [number, number] => [
    before,
    after,
  ])
  return { padding: typeof padding === 'string' ? padding : 'valid', margins }
}

const NONE: Margin = [0, 0]
