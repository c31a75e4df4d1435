/** @file Everything that painting asks of the network, as one program over one graph. */
import { CONTENT_LAYER, type StyleLayer } from '../../../src-shared/math/style-weights'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { gradients } from '../graph/backpropagation'
import { Graph } from '../graph/graph'
import type { Node } from '../graph/node'
import { scale } from '../graph/operations/arithmetic'
import { placeholder } from '../graph/operations/source'
import { frozenParameters } from '../networks/parameters'
import { subtractMean, vgg, type VggOptions } from '../networks/vgg'
import type { GraphFunction } from '../runtime/executor'
import type { TrainedWeights } from '../weights/trained-weights'
import { gramMatrix, meanSquaredError, totalVariation, weightedSum } from './losses'
import { byLayer, byLayerName, type LayerName } from './style-layers'

const DEEPEST_LAYER: StyleLayer = 'block5_conv1'

/** What a picture is drawn towards, and by which factors. */
type LossInput =
  /** The picture, RGB of 0 to 255, [1, height, width, 3]. */
  | 'image'
  /** The photograph's activations of the content layer. */
  | 'content'
  /** The painting's Gram matrix of a style layer, [C, C]. */
  | LayerName<'gram'>
  /** W_c, W_s, W_tv and the w_l: scalars. */
  | 'contentWeight'
  | 'styleWeight'
  | 'totalVariationWeight'
  | LayerName<'layerWeight'>

type LossOutput =
  | 'loss'
  /** Of the loss with respect to the image, in its shape. */
  | 'gradient'
  /** Mean squared error of the content layer. */
  | 'contentLoss'
  /** Mean squared error of the Gram matrix of a style layer, unweighted. */
  | LayerName<'styleLayer'>

/** A type and no interface, which would not count as a record of functions. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- see above
export type StyleProgram = {
  /** Activations of the content layer: with a photograph as the image, the target. */
  readonly content: GraphFunction<'image', 'content'>
  /** Gram matrices of the style layers: with a painting as the image, the targets. */
  readonly style: GraphFunction<'image', LayerName<'gram'>>
  readonly evaluate: GraphFunction<LossInput, LossOutput>
}

/**
 * Builds the style program. Targets and weights are fed, so that neither another picture nor a slider needs another
 * session; height and width are open, so that one serves all scales.
 */
export function buildStyleProgram(
  weights: TrainedWeights,
  options: Pick<VggOptions, 'pooling' | 'rescalePooling' | 'precision'> = {},
): StyleProgram {
  const graph = new Graph()
  const image = placeholder(graph, 'image', [1, null, null, 3])
  const { activations } = vgg('vgg-19', options)(subtractMean(image, weights), {
    parameters: frozenParameters(weights),
    until: DEEPEST_LAYER,
  })
  const activation = (layer: string): Node => {
    const node = activations.get(layer)
    if (node) return node
    throw new ImpastoError('graph-invalid', { operation: 'vgg', reason: `there is no layer ${layer}` })
  }

  const features = activation(CONTENT_LAYER)
  const content = placeholder(graph, 'content', features.shape)
  const contentWeight = placeholder(graph, 'contentWeight', [])
  const contentLoss = graph.scope('contentLoss', () => meanSquaredError(features, content))

  const styleWeight = placeholder(graph, 'styleWeight', [])
  const styles = byLayer((layer) => {
    const gram = graph.scope(`style/${layer}`, () => gramMatrix(activation(layer)))
    const target = placeholder(graph, `gram/${layer}`, gram.shape)
    const weight = placeholder(graph, `layerWeight/${layer}`, [])
    const error = graph.scope(`style/${layer}`, () => meanSquaredError(gram, target))
    return { gram, target, weight, error, channels: gram.shape[0] ?? 1 }
  })

  const totalVariationWeight = placeholder(graph, 'totalVariationWeight', [])
  const variation = graph.scope('totalVariation', () => totalVariation(image))

  const loss = graph.scope('loss', () => {
    const style = weightedSum(
      Object.values(styles).map(({ weight, error, channels }) => [weight, scale(error, 1 / channels ** 2)]),
    )
    return weightedSum([
      [contentWeight, contentLoss],
      [styleWeight, style],
      [totalVariationWeight, variation],
    ])
  })
  const [gradient = loss] = gradients(loss, [image])

  return {
    content: { inputs: { image }, outputs: { content: features } },
    style: { inputs: { image }, outputs: byLayerName('gram', (layer) => styles[layer].gram) },
    evaluate: {
      inputs: {
        image,
        content,
        contentWeight,
        styleWeight,
        totalVariationWeight,
        ...byLayerName('gram', (layer) => styles[layer].target),
        ...byLayerName('layerWeight', (layer) => styles[layer].weight),
      },
      outputs: {
        loss,
        gradient,
        contentLoss,
        ...byLayerName('styleLayer', (layer) => styles[layer].error),
      },
    },
  }
}
