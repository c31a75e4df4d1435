/** @file How far each scale of a painting is, and how much of the whole time it takes. */
import { fitLongSide, scaleSizes } from '../../../src-shared/math/scales'
import type { RunState } from '../../../src-shared/model/run-state'

export interface ScaleProgress {
  /** The scale's part of the whole time: an iteration takes as long as it has pixels. */
  readonly share: number
  /** From 0 to 1. */
  readonly done: number
}

export function scaleProgress({ start, iteration }: RunState): readonly ScaleProgress[] {
  const { framed, recipe, additionalIterations } = start
  const sizes = scaleSizes(fitLongSide(framed.width, framed.height, recipe.size), recipe.coarseToFine)
  const scales = sizes.map(({ width, height }, index) => {
    const isLast = index === sizes.length - 1
    const iterations = recipe.iterations + (isLast ? additionalIterations : 0)
    return { iterations, before: index * recipe.iterations, work: width * height * iterations }
  })
  const whole = scales.reduce((sum, { work }) => sum + work, 0)
  return scales.map(({ iterations, before, work }) => ({
    share: work / whole,
    done: Math.min(1, Math.max(0, (iteration - before) / iterations)),
  }))
}

/** The part of the whole work that is done, from 0 to 1. */
export function wholeProgress(scales: readonly ScaleProgress[]): number {
  return scales.reduce((sum, { share, done }) => sum + share * done, 0)
}
