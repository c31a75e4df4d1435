/** @file How far each scale of a painting is, and how much of the whole time it takes. */
import { iterationsBefore, scheduleOf } from '../../../src-shared/math/schedule'
import type { RunState } from '../../../src-shared/model/run-state'

export interface ScaleProgress {
  /** The scale's part of the whole time: an iteration takes as long as it has pixels. */
  readonly share: number
  /** From 0 to 1. */
  readonly done: number
}

export function scaleProgress({ start, iteration }: RunState): readonly ScaleProgress[] {
  const schedule = scheduleOf(start.framed, start.recipe, start.additionalIterations)
  const works = schedule.map(({ width, height, iterations }) => width * height * iterations)
  const whole = works.reduce((sum, work) => sum + work, 0)
  return schedule.map(({ iterations }, index) => ({
    share: (works[index] ?? 0) / whole,
    done: Math.min(1, Math.max(0, (iteration - iterationsBefore(schedule, index)) / iterations)),
  }))
}

/** The part of the whole work that is done, from 0 to 1. */
export function wholeProgress(scales: readonly ScaleProgress[]): number {
  return scales.reduce((sum, { share, done }) => sum + share * done, 0)
}
