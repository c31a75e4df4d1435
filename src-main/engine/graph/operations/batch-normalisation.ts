/**
 * @file Batch normalisation: Ioffe and Szegedy 2015, "Batch normalization: accelerating deep network training by
 * reducing internal covariate shift", algorithms 1 and 2.
 *
 * TensorFlow fuses it for float32 alone. In float64, where gradients are tested, it is composed of other operations,
 * and a test holds the two to each other.
 */
import type { BatchNormalisationAttributes, GradientRule, Node } from '../node'
import { add, divide, elementsAlong, mean, multiply, scale, sqrt, square, subtract } from './arithmetic'
import { check, checkRank, checkShape, commonDataType } from './checks'
import { resultOf } from './results'
import { scalar } from './source'

/** A vector for the channels each, in the order of the paper: gamma and beta. */
export interface ScaleAndShift {
  readonly scale: Node
  readonly shift: Node
}

/** Over n values: their mean squared deviation, or that times n / (n - 1), which no longer errs on the low side. */
export type VarianceKind = 'biased' | 'unbiased'

/** What a batch was normalised to, and by what: vectors for the channels, which no gradient passes in float32. */
export interface BatchNormalised {
  readonly output: Node
  readonly mean: Node
  readonly variance: (kind: VarianceKind) => Node
}

/** Of an image, those over which a channel is normalised. */
const AXES = [0, 1, 2]

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + shift for the values x of each channel of [batch, height, width,
 * channels], by their own mean and biased variance. Of one value alone the unbiased variance means nothing.
 * @throws ImpastoError graph-invalid unless scale and shift are vectors for the channels, and all float32 or float64
 */
export function batchNormalisation(
  image: Node,
  { scale, shift }: ScaleAndShift,
  { epsilon }: BatchNormalisationAttributes,
): BatchNormalised {
  checkRank('batchNormalisation', image, 4)
  checkChannels(image, scale, shift)
  const dataType = commonDataType('batchNormalisation', image, scale, shift)
  check(
    'batchNormalisation',
    dataType === 'float32' || dataType === 'float64',
    `${image.name} is ${dataType}`,
  )
  if (dataType === 'float64') return composed(image, { scale, shift }, { epsilon })
  const { shape } = image
  const output = image.graph.add(
    'batchNormalisation',
    [image, scale, shift],
    { epsilon },
    { shape, dataType },
  )
  const batchMean = resultOf(output, 1, scale.shape, dataType)
  const unbiased = (): Node => resultOf(output, 2, scale.shape, dataType)
  return {
    output,
    mean: batchMean,
    variance: (kind) =>
      kind === 'unbiased' ? unbiased() : divide(unbiased(), besselCorrection(image, batchMean)),
  }
}

function composed(
  image: Node,
  scaleAndShift: ScaleAndShift,
  attributes: BatchNormalisationAttributes,
): BatchNormalised {
  const batchMean = mean(image, AXES)
  const variance = mean(square(subtract(image, batchMean)), AXES)
  return {
    output: normalisation(image, { ...scaleAndShift, mean: batchMean, variance }, attributes),
    mean: batchMean,
    variance: (kind) =>
      kind === 'biased' ? variance : multiply(variance, besselCorrection(image, batchMean)),
  }
}

/** n / (n - 1) for the n values of a channel. */
function besselCorrection(image: Node, channels: Node): Node {
  const count = elementsAlong(image, AXES, channels)
  return divide(count, subtract(count, scalar(image.graph, 1, image.dataType)))
}

/**
 * The same by statistics that are given, as a trained network does it: along the innermost axis of any tensor. What is
 * constant of it TensorFlow folds into a convolution before it.
 * @throws ImpastoError graph-invalid unless all are vectors for the channels
 */
export function normalisation(
  input: Node,
  { scale, shift, mean, variance }: ScaleAndShift & { readonly mean: Node; readonly variance: Node },
  { epsilon }: BatchNormalisationAttributes,
): Node {
  checkChannels(input, scale, shift, mean, variance)
  const deviation = sqrt(add(variance, scalar(input.graph, epsilon, input.dataType)))
  const factor = divide(scale, deviation)
  return add(multiply(input, factor), subtract(shift, multiply(mean, factor)))
}

function checkChannels(input: Node, ...vectors: readonly Node[]): void {
  for (const vector of vectors) checkShape('batchNormalisation', vector, [input.shape.at(-1) ?? null])
}

/** How running statistics follow those of the batches. */
export interface RunningStatistics {
  /** A share, from 0 to 1. */
  readonly momentum: number
  /** Whose share that is: the old value's, as in TensorFlow, or the batch's, as in PyTorch. */
  readonly momentumOf: 'old' | 'batch'
  /** What is kept: unbiased in TensorFlow's fused layers and in PyTorch, biased in TensorFlow's others and in Keras 3. */
  readonly variance: VarianceKind
}

/** The statistics to keep after a batch: a weighted mean of the old ones and the batch's. */
export function followBatch(
  old: { readonly mean: Node; readonly variance: Node },
  batch: BatchNormalised,
  { momentum, momentumOf, variance }: RunningStatistics,
): { readonly mean: Node; readonly variance: Node } {
  check('batchNormalisation', momentum >= 0 && momentum <= 1, `a momentum of ${String(momentum)} is no share`)
  const share = momentumOf === 'old' ? 1 - momentum : momentum
  const follow = (from: Node, to: Node): Node => add(scale(from, 1 - share), scale(to, share))
  return { mean: follow(old.mean, batch.mean), variance: follow(old.variance, batch.variance(variance)) }
}

/**
 * One operation gives all three, since each needs the sums of the others. Of the mean and the variance nothing here is
 * differentiated: they are for statistics.
 */
export const batchNormalisationGradient: GradientRule<'batchNormalisation'> = (normalised, upstream) => {
  const { graph, inputs, attributes, shape, dataType } = normalised
  const [image, scale, shift] = inputs
  let gradient: Node | null = null
  const build = (): Node =>
    (gradient ??= graph.add('batchNormalisationGradient', [image, scale, normalised, upstream], attributes, {
      shape,
      dataType,
    }))
  return [
    build,
    () => resultOf(build(), 1, scale.shape, dataType),
    () => resultOf(build(), 2, shift.shape, dataType),
  ]
}
