/**
 * @file VGG, "Very Deep Convolutional Networks for Large-Scale Image Recognition", Simonyan and Zisserman 2014,
 * table 1: blocks of convolutions, each followed by ReLU, pooling after each block, and three fully connected layers.
 */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { Node } from '../graph/node'
import { relu } from '../graph/operations/activation'
import { scale } from '../graph/operations/arithmetic'
import { cast } from '../graph/operations/cast'
import { biasAdd } from '../graph/operations/convolution'
import { averagePool, maxPool } from '../graph/operations/pooling'
import { constant } from '../graph/operations/source'
import type { TrainedWeights } from '../weights/trained-weights'
import { convolutionWithRelu, flatten, fullyConnected, type ConvolutionLayer } from './layers'
import type { Network, Pass } from './network'

/** A convolution of the paper's table: its channels, with a window of 3 unless it says another. */
type Convolution = number | ConvolutionLayer

const pointwise = (channels: number): ConvolutionLayer => ({ channels, window: 1 })

/** The columns A, B, D, C and E of table 1: the convolutions of each block. */
export const vggConfigurations = {
  'vgg-11': [[64], [128], [256, 256], [512, 512], [512, 512]],
  'vgg-13': [
    [64, 64],
    [128, 128],
    [256, 256],
    [512, 512],
    [512, 512],
  ],
  'vgg-16': [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ],
  'vgg-16-c': [
    [64, 64],
    [128, 128],
    [256, 256, pointwise(256)],
    [512, 512, pointwise(512)],
    [512, 512, pointwise(512)],
  ],
  'vgg-19': [
    [64, 64],
    [128, 128],
    [256, 256, 256, 256],
    [512, 512, 512, 512],
    [512, 512, 512, 512],
  ],
} as const satisfies Record<string, readonly (readonly Convolution[])[]>
export type VggName = keyof typeof vggConfigurations

const HIDDEN_UNITS = 4096

export interface VggOptions {
  /** How many classes the last layer tells apart. */
  readonly classes?: number
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
const IMAGENET_CLASSES = 1000

/**
 * A VGG for images [batch, height, width, channels] from which the mean is subtracted (`subtractMean`). Its layers are
 * `block1_conv1` and so on, each with ReLU, `block1_pool` …, `fc1`, `fc2` and `fc3`, whose output are the logits
 * [batch, classes]. Height and width may be unknown as long as no fully connected layer is built.
 */
export function vgg(name: VggName, options: VggOptions = {}): Network {
  return (image, pass) => {
    const activations = new Map<string, Node>()
    for (const [layer, activation] of layersOf(name, image, pass, options)) {
      activations.set(layer, activation)
      if (layer === pass.until || (pass.until === undefined && layer === 'fc3')) {
        return { output: activation, activations }
      }
    }
    const reason = `${name} has no layer ${pass.until ?? ''}`
    throw new ImpastoError('graph-invalid', { operation: 'vgg', reason })
  }
}

/** Layer by layer from the image on, each built when it is asked for. */
function* layersOf(
  name: VggName,
  image: Node,
  { parameters }: Pass,
  options: VggOptions,
): Generator<readonly [string, Node]> {
  const { precision = 'float32', classes = IMAGENET_CLASSES } = options
  const blocks: readonly (readonly Convolution[])[] = vggConfigurations[name]
  let features = image
  for (const [block, convolutions] of blocks.entries()) {
    for (const [position, convolution] of convolutions.entries()) {
      const layer = `block${String(block + 1)}_conv${String(position + 1)}`
      const input = features === image ? image : cast(features, precision)
      const shape = typeof convolution === 'number' ? { channels: convolution, window: 3 } : convolution
      features = convolutionWithRelu(layer, input, shape, parameters)
      yield [layer, cast(features, 'float32')]
    }
    const layer = `block${String(block + 1)}_pool`
    features = image.graph.scope(layer, () => pool(features, options))
    yield [layer, cast(features, 'float32')]
  }
  const flat = flatten('flatten', cast(features, 'float32'))
  const first = relu(fullyConnected('fc1', flat, HIDDEN_UNITS, parameters))
  yield ['fc1', first]
  const second = relu(fullyConnected('fc2', first, HIDDEN_UNITS, parameters))
  yield ['fc2', second]
  yield ['fc3', fullyConnected('fc3', second, classes, parameters)]
}

function pool(features: Node, { pooling = 'max', rescalePooling = false }: VggOptions): Node {
  if (pooling === 'max') return maxPool(features)
  return rescalePooling ? scale(averagePool(features), AVERAGE_POOLING_RESCALE) : averagePool(features)
}

/**
 * RGB of 0 to 255 as the network takes it. The mean goes before the convolutions pad with zeros, so a padded pixel
 * counts as one of mean colour.
 */
export function subtractMean(image: Node, { mean }: Pick<TrainedWeights, 'mean'>): Node {
  const negated = Float32Array.from(mean, (value) => -value)
  return biasAdd(image, constant(image.graph, negated, [negated.length], 'negative_mean'))
}
