/**
 * @file Batch normalisation and its gradients, written out: the fused kernels are the session's, and what is written
 * out checks them. Ioffe and Szegedy 2015, algorithm 1 and the formulas of section 3.
 */
import type { BatchNormalisationAttributes } from '../../graph/node'
import { tf } from '../tensorflow'

const AXES = [0, 1, 2]

/** The normalised image, the mean, and the unbiased variance of each channel. */
export function normaliseBatch(
  image: tf.Tensor,
  scale: tf.Tensor,
  shift: tf.Tensor,
  attributes: BatchNormalisationAttributes,
): readonly tf.Tensor[] {
  const { normalised, mean, variance, count } = standardise(image, attributes)
  return [tf.add(tf.mul(normalised, scale), shift), mean, tf.mul(variance, count / Math.max(1, count - 1))]
}

/** With respect to the image, to scale and to shift. */
export function batchGradients(
  image: tf.Tensor,
  scale: tf.Tensor,
  upstream: tf.Tensor,
  attributes: BatchNormalisationAttributes,
): readonly tf.Tensor[] {
  const { normalised, deviation } = standardise(image, attributes)
  const along = tf.mul(normalised, tf.mean(tf.mul(upstream, normalised), AXES))
  const left = tf.sub(tf.sub(upstream, tf.mean(upstream, AXES)), along)
  return [
    tf.mul(left, tf.div(scale, deviation)),
    tf.sum(tf.mul(upstream, normalised), AXES),
    tf.sum(upstream, AXES),
  ]
}

function standardise(image: tf.Tensor, { epsilon }: BatchNormalisationAttributes) {
  const { mean, variance } = tf.moments(image, AXES)
  const deviation = tf.sqrt(tf.add(variance, epsilon))
  const normalised = tf.div(tf.sub(image, mean), deviation)
  return { normalised, mean, variance, deviation, count: image.size / mean.size }
}
