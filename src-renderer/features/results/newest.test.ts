import { describe, expect, it } from 'vitest'
import { framesShown } from './newest'

describe('of a long strip', () => {
  it.each([
    [0, 1, -1, 0],
    [59, 1, -1, 59],
    [60, 1, 59, 60],
    [1000, 1, -1, 60],
    [1000, 2, 3, 120],
    [1000, 1, 60, 120],
    [1000, 17, -1, 1000],
    [130, 1, 129, 130],
  ])('%i frames, %i steps and the chosen one at %i show %i', (total, steps, chosen, shown) => {
    expect(framesShown(total, steps, chosen)).toBe(shown)
  })
})
