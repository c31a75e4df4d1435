import { describe, expect, it } from 'vitest'
import { startedRun } from '../../../src-shared/model/run-state'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { exampleStart } from '../../../src-shared/model/testing/run-start'
import { captionOf, describe as describeResult, liveFrame } from './result-words'

const ended = new Date(2026, 10, 24, 14, 5)
const result = {
  runId: 'run',
  photograph: 'coffee.png',
  painting: 'The Night Café',
  recipe: defaultStyleRecipe,
  ended: ended.getTime(),
  iteration: 120,
  total: 120,
  thumbnail: null,
}

describe('a painting of the library', () => {
  it('is called after its pictures and its day', () => {
    expect(describeResult(result)).toBe('coffee.png after The Night Café, 24 November 2026 at 14:05')
    expect(describeResult({ ...result, iteration: 48 })).toMatch(/, stopped at iteration 48 of 120$/)
  })

  it('has the time under it on its own day, the day later, and how far it is where it was stopped', () => {
    expect(captionOf(result, new Date(2026, 10, 24, 20))).toBe('14:05')
    expect(captionOf(result, new Date(2026, 10, 25))).toBe('24 Nov')
    expect(captionOf({ ...result, iteration: 48 }, ended)).toBe('40 %')
  })

  it('is its photograph until there is something of it', () => {
    const run = startedRun(exampleStart())
    expect(liveFrame(run)).toMatchObject({ image: 'a', caption: '0/120' })
    const shown = { image: 'b', width: 2, height: 2, iteration: 3 }
    expect(liveFrame({ ...run, iteration: 3, shown })).toMatchObject({ image: 'b', caption: '3/120' })
  })
})
