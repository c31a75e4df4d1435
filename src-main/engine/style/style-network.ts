/** @file The network as painting uses it: targets of pictures, and the loss and gradient of a picture. */
import type { ScaleSize } from '../../../src-shared/math/scales'
import { STYLE_LAYERS, type StyleLayer, type StyleWeights } from '../../../src-shared/math/style-weights'
import type { VggOptions } from '../networks/vgg'
import type { Executor, TensorValue } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import type { TrainedWeights } from '../weights/trained-weights'
import type { Evaluation } from './descent'
import { buildStyleProgram, type StyleProgram } from './style-program'
import { byLayer, byLayerName, type LayerName } from './style-layers'

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

export class StyleNetwork {
  readonly #session: Executor<StyleProgram>

  private constructor(session: Executor<StyleProgram>) {
    this.#session = session
  }

  static async open(
    weights: TrainedWeights,
    options: Pick<VggOptions, 'pooling' | 'rescalePooling' | 'precision'>,
  ): Promise<StyleNetwork> {
    return new StyleNetwork(await openSession(buildStyleProgram(weights, options)))
  }

  /** The activations of a photograph and the Gram matrices of a painting. */
  targets(photograph: Pixels, painting: Pixels): StyleTargets {
    const { content } = this.#session.functions.content({ image: imageOf(photograph) })
    return { content, grams: this.#session.functions.style({ image: imageOf(painting) }) }
  }

  /** Loss and gradient of a picture, whose size must be that of the photograph of the targets. */
  evaluate(picture: Pixels, { content, grams }: StyleTargets, weights: LossWeights): LossDetails {
    const outputs = this.#session.functions.evaluate({
      image: imageOf(picture),
      content,
      ...grams,
      contentWeight: scalar(weights.content),
      styleWeight: scalar(weights.style),
      totalVariationWeight: scalar(weights.totalVariation),
      ...byLayerName('layerWeight', (layer) => scalar(weights.layers[layer])),
    })
    const styleLayers = byLayer((layer) => numberOf(outputs[`styleLayer/${layer}`]))
    const channels = (layer: StyleLayer): number => grams[`gram/${layer}`].shape[0] ?? 1
    return {
      total: numberOf(outputs.loss),
      contentLoss: numberOf(outputs.contentLoss),
      styleLoss: STYLE_LAYERS.reduce((sum, layer) => sum + styleLayers[layer] / channels(layer) ** 2, 0),
      styleLayers,
      gradient: outputs.gradient.values as Float32Array,
    }
  }

  dispose(): void {
    this.#session.dispose()
  }
}

function imageOf({ width, height, values }: Pixels): TensorValue {
  return { shape: [1, height, width, 3], values }
}

const scalar = (value: number): TensorValue => ({ shape: [], values: Float32Array.of(value) })

const numberOf = ({ values }: TensorValue): number => values[0] ?? Number.NaN
