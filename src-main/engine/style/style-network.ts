/** @file The network as painting uses it: targets of pictures, and the loss and gradient of a picture. */
import type { ScaleSize } from '../../../src-shared/math/scales'
import { STYLE_LAYERS, type StyleLayer, type StyleWeights } from '../../../src-shared/math/style-weights'
import type { Node } from '../graph/node'
import type { Size2d } from '../graph/shape'
import { spatialSizeOf } from '../graph/spatial-size'
import type { VggOptions } from '../networks/vgg'
import type { Executor, TensorValue } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import type { ConvolutionalWeights } from '../weights/convolution-weights'
import type { Evaluation } from './descent'
import { buildStyleGraph, type StyleGraph, type StyleGraphInput, type StyleGraphOutput } from './style-graph'
import { byLayer, byLayerName, layerNames, type LayerName } from './style-layers'

/** A picture as the network takes it. */
export interface Pixels extends ScaleSize {
  /** height × width × 3, RGB, interleaved, 0-255. */
  readonly values: Float32Array
}

type Grams = Readonly<Record<LayerName<'gram'>, TensorValue>>

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
const LOSS_OUTPUTS = ['loss', 'gradient', 'contentLoss', ...layerNames('styleLayer')] as const
const TARGET_OUTPUTS = ['content', ...layerNames('gram')] as const

/** How large the targets of a graph are; without the graph, whose constants an open session need not keep alive. */
interface TargetSizes {
  readonly content: (picture: Size2d) => Size2d
  readonly contentChannels: number
  readonly channels: Readonly<Record<StyleLayer, number>>
}

const NO_WEIGHTS: LossWeights = {
  content: 0,
  style: 0,
  totalVariation: 0,
  layers: byLayer(() => 0),
}

export class StyleNetwork {
  readonly #session: Executor<StyleGraphInput, StyleGraphOutput>
  readonly #sizes: TargetSizes
  readonly #noGrams: Grams

  private constructor(session: Executor<StyleGraphInput, StyleGraphOutput>, sizes: TargetSizes) {
    this.#session = session
    this.#sizes = sizes
    this.#noGrams = byLayerName('gram', (layer) => zeros([sizes.channels[layer], sizes.channels[layer]]))
  }

  static async open(
    weights: ConvolutionalWeights,
    options: Pick<VggOptions, 'pooling' | 'rescalePooling' | 'precision'>,
  ): Promise<StyleNetwork> {
    const graph = buildStyleGraph(weights, options)
    return new StyleNetwork(await openSession(graph), targetSizesOf(graph))
  }

  /** The activations of a photograph and the Gram matrices of a painting. */
  targets(photograph: Pixels, painting: Pixels): StyleTargets {
    const style = this.#describe(painting)
    return {
      content: this.#describe(photograph).content,
      grams: byLayerName('gram', (layer) => style[`gram/${layer}`]),
    }
  }

  /** Loss and gradient of a picture, whose size must be that of the photograph of the targets. */
  evaluate(picture: Pixels, targets: StyleTargets, weights: LossWeights): LossDetails {
    const outputs = this.#run(picture, targets, weights, LOSS_OUTPUTS)
    const styleLayers = byLayer((layer) => numberOf(outputs[`styleLayer/${layer}`]))
    return {
      total: numberOf(outputs.loss),
      contentLoss: numberOf(outputs.contentLoss),
      styleLoss: STYLE_LAYERS.reduce(
        (sum, layer) => sum + styleLayers[layer] / this.#sizes.channels[layer] ** 2,
        0,
      ),
      styleLayers,
      gradient: outputs.gradient.values as Float32Array,
    }
  }

  dispose(): void {
    this.#session.dispose()
  }

  /** Runs a picture against nothing: the same signature gives the targets (see [Note: The graph route]). */
  #describe(picture: Pixels): Readonly<Record<(typeof TARGET_OUTPUTS)[number], TensorValue>> {
    const { content, contentChannels } = this.#sizes
    const size = content([picture.height, picture.width])
    const nothing = { content: zeros([1, ...size, contentChannels]), grams: this.#noGrams }
    return this.#run(picture, nothing, NO_WEIGHTS, TARGET_OUTPUTS)
  }

  #run<Read extends StyleGraphOutput>(
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
      ...byLayerName('layerWeight', (layer) => scalar(weights.layers[layer])),
    }
    return this.#session.run(feeds, read)
  }
}

function targetSizesOf({ inputs, outputs }: StyleGraph): TargetSizes {
  const channelsOf = ({ shape }: Node): number => shape.at(-1) ?? 0
  return {
    content: spatialSizeOf(outputs.content),
    contentChannels: channelsOf(inputs.content),
    channels: byLayer((layer) => channelsOf(inputs[`gram/${layer}`])),
  }
}

function zeros(shape: readonly number[]): TensorValue {
  return { shape, values: new Float32Array(shape.reduce((product, size) => product * size)) }
}

const scalar = (value: number): TensorValue => ({ shape: [], values: Float32Array.of(value) })

const numberOf = ({ values }: TensorValue): number => values[0] ?? Number.NaN
