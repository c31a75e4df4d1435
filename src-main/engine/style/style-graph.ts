/** @file One graph function for everything that painting asks of the network. */
import { CONTENT_LAYER, STYLE_LAYERS } from '../../../src-shared/math/style-weights'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { gradients } from '../graph/backpropagation'
import { Graph } from '../graph/graph'
import type { Node } from '../graph/node'
import { scale } from '../graph/operations/arithmetic'
import { placeholder } from '../graph/operations/source'
import { vgg, type VggOptions } from '../networks/vgg'
import type { ConvolutionalWeights } from '../weights/convolution-weights'
import { gramMatrix, meanSquaredError, totalVariation, weightedSum } from './losses'
import { byLayer, byLayerName, type LayerName } from './style-layers'

export type StyleGraphInput =
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

export type StyleGraphOutput =
  | 'loss'
  /** Of the loss with respect to the image, in its shape. */
  | 'gradient'
  /** Mean squared error of the content layer. */
  | 'contentLoss'
  | 'totalVariation'
  /** Mean squared error of the Gram matrix of a style layer, unweighted. */
  | LayerName<'styleLayer'>
  /** Activations and Gram matrices of the image: with a photograph or painting as the image, they are the targets. */
  | 'content'
  | LayerName<'gram'>

export interface StyleGraph {
  readonly inputs: Readonly<Record<StyleGraphInput, Node>>
  readonly outputs: Readonly<Record<StyleGraphOutput, Node>>
}

/**
 * Builds the style graph. Targets and weights are fed, so that neither another picture nor a slider needs another
 * graph; height and width are open, so that one graph serves all scales.
 */
export function buildStyleGraph(
  weights: ConvolutionalWeights,
  options: Pick<VggOptions, 'pooling' | 'rescalePooling' | 'precision'> = {},
): StyleGraph {
  const graph = new Graph()
  const image = placeholder(graph, 'image', [1, null, null, 3])
  const layers = [CONTENT_LAYER, ...STYLE_LAYERS]
  const activations = vgg(image, weights, { variant: 'vgg19', layers, ...options })
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
      totalVariation: variation,
      content: features,
      ...byLayerName('styleLayer', (layer) => styles[layer].error),
      ...byLayerName('gram', (layer) => styles[layer].gram),
    },
  }
}
