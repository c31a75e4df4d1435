/**
 * @file Convolution and its gradients by tfjs. Its gradients know no margins of one's own: so an image gets zeros for
 * them before, and its gradient loses them afterwards.
 */
import type { ConvolutionAttributes } from '../../graph/node'
import type { Margin, NamedPadding } from '../../graph/shape'
import { tf } from '../tensorflow'
import { kernel, windowAttributes } from './kernel'

export function convolve(image: tf.Tensor, filter: tf.Tensor, attributes: ConvolutionAttributes): tf.Tensor {
  const { strides } = attributes
  const { padding, margins } = paddingOf(attributes)
  return tf.conv2d(tf.pad(image, margins) as tf.Tensor4D, filter as tf.Tensor4D, [...strides], padding)
}

export function imageGradient(
  imageShape: readonly number[],
  filter: tf.Tensor,
  upstream: tf.Tensor,
  attributes: ConvolutionAttributes,
): tf.Tensor {
  const { strides } = attributes
  const { padding, margins } = paddingOf(attributes)
  const inputShape = imageShape.map((size, axis) =>
    (margins[axis] ?? []).reduce((sum, part) => sum + part, size),
  )
  const inputs = { dy: upstream, filter }
  const gradient = kernel('Conv2DBackpropInput', inputs, {
    ...windowAttributes({ strides, padding }),
    inputShape,
  })
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
  const { strides } = attributes
  const { padding, margins } = paddingOf(attributes)
  return kernel(
    'Conv2DBackpropFilter',
    { x: tf.pad(image, margins), dy: upstream },
    { ...windowAttributes({ strides, padding }), filterShape: [...filterShape] },
  )
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
