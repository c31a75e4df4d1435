/** @file The network as painting uses it: targets of pictures, and the loss and gradient of a picture. */
import type { ScaleSize } from '../../../src-shared/math/scales'
import { STYLE_LAYERS, type StyleLayer, type StyleWeights } from '../../../src-shared/math/style-weights'
import type { VggOptions } from '../networks/vgg'
import type { Executor, TensorValue } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import type { ConvolutionalWeights } from '../weights/convolution-weights'
import type { Evaluation } from './descent'
import { buildStyleGraph, type StyleGraphInput, type StyleGraphOutput } from './style-graph'

/** A picture as the network takes it. */
export interface Pixels extends ScaleSize {
  /** height × width × 3, RGB, interleaved, 0-255. */
  readonly values: Float32Array
}

type Grams = Readonly<Record<`gram/${StyleLayer}`, TensorValue>>

/** What a painting is drawn towards. */
export interface StyleTargets {
  /** The photograph's activations, at the size of the picture. */
  readonly content: TensorValue
  /** The painting's Gram matrices. */
  readonly grams: Grams
}

/** The factors of the loss. */
export type LossWeights = StyleWeights & { readonly totalVariation: number }

export interface LossDetails extends Evaluation {
  /** Gram MSE of each style layer, unweighted. */
  readonly styleLayers: Readonly<Record<StyleLayer, number>>
}

/** What a step of the descent needs; the activations that the graph also gives are long, and only targets need them. */
const LOSS_OUTPUTS = ['loss', 'gradient', 'contentLoss', ...keysOf('styleLayer')] as const
const TARGET_OUTPUTS = ['content', ...keysOf('gram')] as const

const NO_WEIGHTS: LossWeights = {
  content: 0,
  style: 0,
  totalVariation: 0,
  layers: byLayer(() => 0),
}

export class StyleNetwork {
  private constructor(private readonly session: Executor<StyleGraphInput, StyleGraphOutput>) {}

  static async open(
    weights: ConvolutionalWeights,
    options: Pick<VggOptions, 'pooling' | 'rescalePooling' | 'precision'>,
  ): Promise<StyleNetwork> {
    return new StyleNetwork(await openSession(buildStyleGraph(weights, options)))
  }

  /** The activations of a photograph and the Gram matrices of a painting. */
  targets(photograph: Pixels, painting: Pixels): StyleTargets {
    const style = this.describe(painting)
    return {
      content: this.describe(photograph).content,
      grams: forLayers('gram', (layer) => style[`gram/${layer}`]),
    }
  }

  /** Loss and gradient of a picture, whose size must be that of the photograph of the targets. */
  evaluate(picture: Pixels, targets: StyleTargets, weights: LossWeights): LossDetails {
    const outputs = this.run(picture, targets, weights, LOSS_OUTPUTS)
    const styleLayers = byLayer((layer) => numberOf(outputs[`styleLayer/${layer}`]))
    return {
      total: numberOf(outputs.loss),
      contentLoss: numberOf(outputs.contentLoss),
      styleLoss: STYLE_LAYERS.reduce(
        (sum, layer) => sum + styleLayers[layer] / STYLE_CHANNELS[layer] ** 2,
        0,
      ),
      styleLayers,
      gradient: outputs.gradient.values as Float32Array,
    }
  }

  dispose(): void {
    this.session.dispose()
  }

  /** Runs a picture against nothing: the same signature gives the targets (see [Note: The graph route]). */
  private describe(picture: Pixels): Readonly<Record<(typeof TARGET_OUTPUTS)[number], TensorValue>> {
    const nothing = { content: emptyContent(picture), grams: EMPTY_GRAMS }
    return this.run(picture, nothing, NO_WEIGHTS, TARGET_OUTPUTS)
  }

  private run<Read extends StyleGraphOutput>(
    { width, height, values }: Pixels,
    targets: StyleTargets,
    weights: LossWeights,
    read: readonly Read[],
  ): Readonly<Record<Read, TensorValue>> {
    const feeds = {
      image: { shape: [1, height, width, 3], values },
      content: targets.content,
      ...targets.grams,
      contentWeight: scalar(weights.content),
      styleWeight: scalar(weights.style),
      totalVariationWeight: scalar(weights.totalVariation),
      ...forLayers('layerWeight', (layer) => scalar(weights.layers[layer])),
    }
    return this.session.run(feeds, read)
  }
}

/** Channels of the style layers of VGG-19. */
const STYLE_CHANNELS: Readonly<Record<StyleLayer, number>> = {
  block1_conv1: 64,
  block2_conv1: 128,
  block3_conv1: 256,
  block4_conv1: 512,
  block5_conv1: 512,
}
const CONTENT_CHANNELS = 512
/** Three poolings by 2 stand before the content layer; what does not fill a window is left out. */
const CONTENT_STRIDE = 8

const EMPTY_GRAMS = forLayers('gram', (layer): TensorValue => {
  const channels = STYLE_CHANNELS[layer]
  return { shape: [channels, channels], values: new Float32Array(channels ** 2) }
})

function emptyContent({ width, height }: ScaleSize): TensorValue {
  const shape = [1, Math.floor(height / CONTENT_STRIDE), Math.floor(width / CONTENT_STRIDE), CONTENT_CHANNELS]
  return { shape, values: new Float32Array(shape.reduce((product, length) => product * length)) }
}

function byLayer<Value>(valueOf: (layer: StyleLayer) => Value): Record<StyleLayer, Value> {
  return Object.fromEntries(STYLE_LAYERS.map((layer) => [layer, valueOf(layer)])) as Record<StyleLayer, Value>
}

/** Names of the form `prefix/layer`. */
function keysOf<Prefix extends string>(prefix: Prefix): readonly `${Prefix}/${StyleLayer}`[] {
  return STYLE_LAYERS.map((layer): `${Prefix}/${StyleLayer}` => `${prefix}/${layer}`)
}

/** Feeds named `prefix/layer`. */
function forLayers<Prefix extends string>(
  prefix: Prefix,
  valueOf: (layer: StyleLayer) => TensorValue,
): Record<`${Prefix}/${StyleLayer}`, TensorValue> {
  const entries = STYLE_LAYERS.map((layer) => [`${prefix}/${layer}`, valueOf(layer)])
  return Object.fromEntries(entries) as Record<`${Prefix}/${StyleLayer}`, TensorValue>
}

const scalar = (value: number): TensorValue => ({ shape: [], values: Float32Array.of(value) })

const numberOf = ({ values }: TensorValue): number => values[0] ?? Number.NaN
