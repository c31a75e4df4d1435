/**
 * @file VGG, "Very Deep Convolutional Networks for Large-Scale Image Recognition", Simonyan and Zisserman 2014,
 * table 1: blocks of 3 x 3 convolutions, each followed by ReLU, with pooling between the blocks.
 */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { Graph } from '../graph/graph'
import type { Node } from '../graph/node'
import { relu } from '../graph/operations/activation'
import { scale } from '../graph/operations/arithmetic'
import { cast } from '../graph/operations/cast'
import { biasAdd, conv2d } from '../graph/operations/convolution'
import { averagePool, maxPool } from '../graph/operations/pooling'
import { constant } from '../graph/operations/source'
import type { ConvolutionalWeights, ConvolutionWeights } from '../weights/convolution-weights'

/** How many convolutions each block has; pooling stands between the blocks. */
export const VGG_VARIANTS = {
  vgg11: [1, 1, 2, 2, 2],
  vgg13: [2, 2, 2, 2, 2],
  vgg16: [2, 2, 3, 3, 3],
  vgg19: [2, 2, 4, 4, 4],
} as const
export type VggVariant = keyof typeof VGG_VARIANTS

export interface VggOptions {
  readonly variant: VggVariant
  /** Names of the activations wanted, such as `block4_conv2`; what lies deeper than all of them is not built. */
  readonly layers: readonly string[]
  readonly pooling?: 'max' | 'average'
  /**
   * Doubles what average pooling gives, so that feature maps are about as strong as those of max pooling, which the
   * weights were trained with.
   */
  readonly rescalePooling?: boolean
  /** What the convolutions compute in; float32 by default (see [Note: Reduced precision]). */
  readonly precision?: Precision
}

/**
 * [Note: Reduced precision] In bfloat16 a step of painting takes little more than half of the time on a processor
 * that multiplies it. The network is then a slightly different one: losses differ by half a percent to one percent,
 * and the image gradient by 7 % in norm, mostly where a ReLU or a pooling window falls to the other side. It is still
 * the gradient of that network's own loss, which painting follows just as fast: after 60 iterations at 320 px the
 * exact loss of the picture was within 1 %. The first convolution stays in float32, since an image of 0 to 255 in
 * 8 bits would swallow steps of less than half a grey level. Targets have to come from the same network.
 */
export type Precision = 'float32' | 'bfloat16'

const AVERAGE_POOLING_RESCALE = 2

/**
 * The convolutional part of a VGG.
 *
 * @param image RGB values of 0 to 255, [batch, height, width, 3].
 * @returns the activations after ReLU of every convolution that was built, by name.
 * @throws ImpastoError graph-invalid if the variant has no layer of a wanted name.
 */
export function vgg(
  image: Node,
  weights: ConvolutionalWeights,
  options: VggOptions,
): ReadonlyMap<string, Node> {
  const names = vggLayers(options.variant)
  const depths = options.layers.map((name) => names.indexOf(name))
  const missing = options.layers.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const reason = `${options.variant} has no layer ${missing.join(', ')}`
    throw new ImpastoError('graph-invalid', { operation: 'vgg', reason })
  }
  const activations = new Map<string, Node>()
  let features = subtractMean(image, weights)
  for (const name of names.slice(0, Math.max(...depths) + 1)) {
    if (opensLaterBlock(name)) features = pool(features, options)
    const input = name === names[0] ? features : cast(features, options.precision ?? 'float32')
    features = image.graph.scope(name, () => convolutionWithRelu(input, weightsFor(name, weights)))
    activations.set(name, cast(features, 'float32'))
  }
  return activations
}

/** The names of a variant's convolutions, from the image on: `block1_conv1` and so on. */
export function vggLayers(variant: VggVariant): readonly string[] {
  return VGG_VARIANTS[variant].flatMap((convolutions, block) =>
    Array.from({ length: convolutions }, (_, layer) => `block${String(block + 1)}_conv${String(layer + 1)}`),
  )
}

const opensLaterBlock = (name: string): boolean => name.endsWith('_conv1') && name !== 'block1_conv1'

/** Before the convolutions pad with zeros, so a padded pixel counts as one of mean colour. */
function subtractMean(image: Node, { input: { mean, channelOrder } }: ConvolutionalWeights): Node {
  const rgbMean = channelOrder === 'bgr' ? mean.toReversed() : mean
  const negated = Float32Array.from(rgbMean, (value) => -value)
  return biasAdd(image, constant(image.graph, negated, [negated.length], 'negative_mean'))
}

/** The weights of a layer, those of the first made to read RGB. */
function weightsFor(name: string, weights: ConvolutionalWeights): ConvolutionWeights {
  const layer = weights.convolution(name)
  const readsImage = layer.kernelShape[2] === 3
  return readsImage && weights.input.channelOrder === 'bgr' ? withInputChannelsReversed(layer) : layer
}

function withInputChannelsReversed(layer: ConvolutionWeights): ConvolutionWeights {
  const [, , inputChannels, outputChannels] = layer.kernelShape
  const kernel = Float32Array.from(layer.kernel, (_, index) => {
    const output = index % outputChannels
    const input = Math.floor(index / outputChannels) % inputChannels
    const window = Math.floor(index / (outputChannels * inputChannels))
    const source = (window * inputChannels + (inputChannels - 1 - input)) * outputChannels + output
    return layer.kernel[source] ?? 0
  })
  return { ...layer, kernel }
}

function convolutionWithRelu(input: Node, { kernel, kernelShape, bias }: ConvolutionWeights): Node {
  const graph: Graph = input.graph
  const filter = cast(constant(graph, kernel, kernelShape, 'kernel'), input.dataType)
  const offset = cast(constant(graph, bias, [bias.length], 'bias'), input.dataType)
  return relu(biasAdd(conv2d(input, filter), offset))
}

function pool(features: Node, { pooling = 'max', rescalePooling = false }: VggOptions): Node {
  if (pooling === 'max') return maxPool(features)
  return rescalePooling ? scale(averagePool(features), AVERAGE_POOLING_RESCALE) : averagePool(features)
}
