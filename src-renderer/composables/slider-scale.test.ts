import { describe, expect, it } from 'vitest'
import { fractionOf, valueAt } from './slider-scale'

const linear = { minimum: 0, maximum: 100, step: 1, integer: true, logarithmic: false }
const logarithmic = { minimum: 0.25, maximum: 4, step: 0.05, integer: false, logarithmic: true }

describe('a slider scale', () => {
  it('puts the ends at the ends', () => {
    for (const scale of [linear, logarithmic]) {
      expect(valueAt(0, scale)).toBe(scale.minimum)
      expect(valueAt(1, scale)).toBe(scale.maximum)
      expect(fractionOf(scale.minimum, scale)).toBe(0)
      expect(fractionOf(scale.maximum, scale)).toBe(1)
    }
  })

  it('puts 1 in the middle of a quarter to four', () => {
    expect(fractionOf(1, logarithmic)).toBeCloseTo(0.5)
    expect(valueAt(0.5, logarithmic)).toBe(1)
  })

  it('rounds to the step', () => {
    expect(valueAt(0.333, linear)).toBe(33)
    expect(valueAt(0.61, logarithmic)).toBeCloseTo(1.35)
  })
})
