/** @file Copies tensors into and out of tfjs. */
import type { TensorValue } from './executor'
import { tf } from './tensorflow'

/** A tfjs tensor, which the caller owns. It may share the memory of `values` until it is first used. */
export function toTensor({ shape, values }: TensorValue): tf.Tensor {
  return tf.tensor(values, [...shape], values instanceof Float32Array ? 'float32' : 'int32')
}

/** The values of a tensor: a copy, where it was computed. */
export function readTensor(tensor: tf.Tensor): TensorValue {
  return { shape: tensor.shape, values: tensor.dataSync() as Float32Array | Int32Array }
}
