/** @file The door to kernels that tfjs has no function for. */
import type { NamedPadding, Size2d } from '../../graph/shape'
import { tf } from '../tensorflow'

export function kernel(name: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(name, inputs, attributes)
}

export function windowAttributes({
  strides,
  padding,
}: {
  readonly strides: Size2d
  readonly padding: NamedPadding
}): tf.NamedAttrMap {
  return { strides: [...strides], pad: padding, dataFormat: 'NHWC' }
}
