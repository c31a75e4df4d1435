import { describe, expect, it } from 'vitest'
import { defaultStyleRecipe } from '../model/style-recipe'
import {
  iterationsBefore,
  remainingSeconds,
  scaleAt,
  scheduleOf,
  totalIterations,
  workLeft,
} from './schedule'

describe('scaleAt', () => {
  it('is where an iteration is done', () => {
    const schedule = scheduleOf({ width: 3000, height: 2000 }, defaultStyleRecipe, 0)
    expect([0, 60, 61, 120, 999].map((iteration) => scaleAt(schedule, iteration).width)).toEqual([
      256, 256, 512, 512, 512,
    ])
  })
})

describe('scheduleOf', () => {
  it('paints a 3:2 photograph at 512 px after one coarse scale of 256 px', () => {
    expect(scheduleOf({ width: 3000, height: 2000 }, defaultStyleRecipe, 0)).toEqual([
      { width: 256, height: 171, iterations: 60 },
      { width: 512, height: 341, iterations: 60 },
    ])
  })

  it('gives additional iterations to the last scale only', () => {
    const schedule = scheduleOf({ width: 512, height: 512 }, defaultStyleRecipe, 10)
    expect(schedule.map(({ iterations }) => iterations)).toEqual([60, 70])
    expect(totalIterations(schedule)).toBe(130)
    expect(iterationsBefore(schedule, 1)).toBe(60)
  })

  it('counts the work that is left in pixel iterations', () => {
    const schedule = [
      { width: 10, height: 10, iterations: 2 },
      { width: 20, height: 20, iterations: 3 },
    ]
    expect(workLeft(schedule, 0, 1)).toBe(100 + 1200)
    expect(workLeft(schedule, 1, 3)).toBe(0)
  })

  it('tells how long a run still takes, from any iteration of it', () => {
    const schedule = [
      { width: 1000, height: 1000, iterations: 2 },
      { width: 2000, height: 1000, iterations: 3 },
    ]
    const left = (iteration: number): number => remainingSeconds(schedule, iteration, 0.5)
    expect([0, 1, 2, 4, 5, 9].map(left)).toEqual([4, 3.5, 3, 1, 0, 0])
  })
})
