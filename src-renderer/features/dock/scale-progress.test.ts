import { describe, expect, it } from 'vitest'
import { startedRun } from '../../../src-shared/model/run-state'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { exampleStart } from '../../../src-shared/model/testing/run-start'
import { scaleProgress, wholeProgress } from './scale-progress'

const run = startedRun(exampleStart({ recipe: { ...defaultStyleRecipe, size: 512, iterations: 60 } }))

describe('scaleProgress', () => {
  it('makes a scale as wide as its time: a quarter of the pixels, a quarter of the time', () => {
    const [coarse, fine] = scaleProgress(run)
    expect(coarse?.share).toBeCloseTo(0.2)
    expect(fine?.share).toBeCloseTo(0.8)
  })

  it('counts iterations over the whole run', () => {
    const scales = scaleProgress({ ...run, iteration: 90 })
    expect(scales.map(({ done }) => done)).toEqual([1, 0.5])
    expect(wholeProgress(scales)).toBeCloseTo(0.6)
  })

  it('gives the iterations of a continuation to the last scale', () => {
    const scales = scaleProgress({
      ...run,
      iteration: 150,
      start: { ...run.start, additionalIterations: 60 },
    })
    expect(scales.map(({ done }) => done)).toEqual([1, 0.75])
  })
})
