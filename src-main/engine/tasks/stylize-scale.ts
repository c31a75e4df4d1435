/** @file What one scale of a painting needs before its first iteration: its loss, and the descent that follows it. */
import { marginOf, paintingSize, smallestSide } from '../../../src-shared/math/scales'
import { styleWeights } from '../../../src-shared/math/style-weights'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { Descent, startOptimiser, type DescentState, type Evaluate } from '../style/descent'
import { RawPixels, type ImageParameters } from '../style/image-parameters'
import { foldMargin, withMargin } from '../style/mirrored-margin'
import type { Scale } from '../../../src-shared/math/schedule'
import { SigmoidGrids } from '../style/sigmoid-grids'
import type { LossWeights, Pixels, StyleNetwork } from '../style/style-network'
import { asImage, pixelsAt, startingPixels, type StylizeInputs } from './stylize-inputs'

/** The loss of a picture of this scale, as a function of its pixels. */
export async function lossOf(
  { recipe }: StylizeJob,
  { photograph, painting }: StylizeInputs,
  scale: Scale,
  network: StyleNetwork,
): Promise<Evaluate> {
  const margin = marginOf(recipe)
  const studied = paintingSize(painting, scale, recipe.styleScale, smallestSide(margin))
  const targets = network.targets(
    withMargin(await pixelsAt(photograph, scale), margin),
    withMargin(await pixelsAt(painting, studied), margin),
  )
  const weights: LossWeights = { ...styleWeights(recipe), totalVariation: recipe.totalVariation }
  return (values) => {
    const evaluation = network.evaluate(withMargin({ ...scale, values }, margin), targets, weights)
    return { ...evaluation, gradient: foldMargin(evaluation.gradient, scale, margin) }
  }
}

/** A fresh descent, from the picture of the coarser scale or, in the first one, from what the recipe starts from. */
export async function startDescent(
  { recipe }: StylizeJob,
  inputs: StylizeInputs,
  scale: Scale,
  coarser: Pixels | null,
  evaluate: Evaluate,
): Promise<Descent> {
  const start =
    coarser === null ? await startingPixels(inputs, scale, recipe) : await pixelsAt(asImage(coarser), scale)
  const parameters: ImageParameters = recipe.precondition
    ? SigmoidGrids.fromPixels(scale, start.values)
    : new RawPixels(start.values)
  const distance = coarser === null ? 'far' : 'near'
  const optimiser = startOptimiser(recipe.optimizer, parameters.values.length, distance)
  return Descent.start(parameters, optimiser, evaluate)
}

/** How many values the optimiser moves in a scale. */
export function parameterCount({ recipe }: StylizeJob, scale: Scale): number {
  return recipe.precondition ? SigmoidGrids.lengthOf(scale) : scale.width * scale.height * 3
}

/** The descent of a checkpoint. */
export function restoreDescent(
  { recipe }: StylizeJob,
  scale: Scale,
  state: DescentState,
  evaluate: Evaluate,
): Descent {
  const { current } = state.vectors
  const parameters = recipe.precondition ? new SigmoidGrids(scale, current) : new RawPixels(current)
  return Descent.restore(parameters, state, evaluate)
}
