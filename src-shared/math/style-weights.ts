/**
 * @file What strength and detail mean: the weights of the loss
 *   L = W_c * content MSE + W_s * sum over layers of w_l * Gram MSE_l / C_l^2   (Gatys 2016, eq. 7).
 * The map is fixed, so a slider's position means the same at all sizes.
 */
import type { StyleRecipe } from '../model/style-recipe'

/** The style layers, fine to coarse. */
export const STYLE_LAYERS = [
  'block1_conv1',
  'block2_conv1',
  'block3_conv1',
  'block4_conv1',
  'block5_conv1',
] as const
export type StyleLayer = (typeof STYLE_LAYERS)[number]

/** The layer whose activations keep the subject. */
export const CONTENT_LAYER = 'block4_conv2'

const DEFAULT_CONTENT_WEIGHT = 0.01
/** W_s / W_c at strength 0 and at strength 100; the latter is the default of several peers. */
const WEAKEST_RATIO = 2
const STRONGEST_RATIO = 1000
/** At detail 0 or 100 the weights of neighbouring layers differ by this factor. */
const STEEPEST_TILT = 3

export interface StyleWeights {
  readonly content: number
  readonly style: number
  /** w_l: one for each style layer, mean 1. */
  readonly layers: Readonly<Record<StyleLayer, number>>
}

/** W_s / W_c for a strength of 0 to 100: logarithmic from 2 through about 45 to 1000. */
export function styleToContentRatio(strength: number): number {
  return WEAKEST_RATIO * (STRONGEST_RATIO / WEAKEST_RATIO) ** (strength / 100)
}

/** Weights of the style layers for a detail of 0 (coarse) to 100 (fine); 50 gives ones; the mean is always 1. */
export function layerWeights(detail: number): Readonly<Record<StyleLayer, number>> {
  const tilt = STEEPEST_TILT ** ((detail - 50) / 50)
  const raw = STYLE_LAYERS.map((_, index) => tilt ** (2 - index))
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length
  return Object.fromEntries(STYLE_LAYERS.map((layer, index) => [layer, (raw[index] ?? 0) / mean])) as Record<
    StyleLayer,
    number
  >
}

/** The weights that a recipe asks for; the expert weights override strength. */
export function styleWeights(recipe: StyleRecipe): StyleWeights {
  const content = recipe.contentWeight ?? DEFAULT_CONTENT_WEIGHT
  return {
    content,
    style: recipe.styleWeight ?? content * styleToContentRatio(recipe.strength),
    layers: layerWeights(recipe.detail),
  }
}
