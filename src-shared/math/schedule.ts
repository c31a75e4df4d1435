/** @file Which scales a painting goes through, how many iterations each takes, and how far along it is. */
import type { StyleRecipe } from '../model/style-recipe'
import { fitLongSide, scaleSizes, type ScaleSize } from './scales'

export interface Scale extends ScaleSize {
  readonly iterations: number
}

export type Schedule = readonly Scale[]

/**
 * The scales of a photograph (`width` × `height` px) under a recipe, coarsest first. Each takes the recipe's
 * iterations; the last one `additionalIterations` more.
 */
export function scheduleOf(
  photograph: ScaleSize,
  recipe: Pick<StyleRecipe, 'size' | 'iterations' | 'coarseToFine'>,
  additionalIterations: number,
): Schedule {
  const final = fitLongSide(photograph.width, photograph.height, recipe.size)
  const sizes = scaleSizes(final, recipe.coarseToFine)
  return sizes.map((size, index) => ({
    ...size,
    iterations: recipe.iterations + (index === sizes.length - 1 ? additionalIterations : 0),
  }))
}

/** Iterations of the whole run. */
export function totalIterations(schedule: Schedule): number {
  return schedule.reduce((sum, { iterations }) => sum + iterations, 0)
}

/** Iterations of the scales before `scaleIndex`. */
export function iterationsBefore(schedule: Schedule, scaleIndex: number): number {
  return totalIterations(schedule.slice(0, scaleIndex))
}

/** The scale in which the iteration number `iteration` of the run is done; the first before all, the last after. */
export function scaleAt(schedule: Schedule, iteration: number): Scale {
  const scale =
    schedule.find((_, index) => iteration <= iterationsBefore(schedule, index + 1)) ?? schedule.at(-1)
  if (scale === undefined) throw new Error('A schedule has at least one scale')
  return scale
}

/**
 * The work that is left, in pixel iterations, after `done` iterations of scale `scaleIndex`:
 * an iteration costs in proportion to its pixels.
 */
export function workLeft(schedule: Schedule, scaleIndex: number, done: number): number {
  return schedule.slice(scaleIndex).reduce((sum, { width, height, iterations }, index) => {
    const remaining = index === 0 ? iterations - done : iterations
    return sum + remaining * width * height
  }, 0)
}

/**
 * Seconds that a run still takes after its first `iteration` iterations.
 *
 * @param secondsPerMegapixel seconds of one iteration for each megapixel, measured on this machine
 */
export function remainingSeconds(schedule: Schedule, iteration: number, secondsPerMegapixel: number): number {
  const works = schedule.map(({ width, height, iterations }, index) => {
    const done = Math.max(0, iteration - iterationsBefore(schedule, index))
    return width * height * Math.max(0, iterations - done)
  })
  return (works.reduce((sum, work) => sum + work, 0) / 1e6) * secondsPerMegapixel
}
