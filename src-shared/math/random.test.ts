import { describe, expect, it } from 'vitest'
import { randomNormal, randomUniform } from './random'

describe('random numbers', () => {
  const count = 100_000

  it('are functions of seed, stream and index alone', () => {
    expect(randomUniform(1, 2, 3)).toBe(randomUniform(1, 2, 3))
    expect(
      new Set([
        randomUniform(1, 2, 3),
        randomUniform(2, 2, 3),
        randomUniform(1, 3, 3),
        randomUniform(1, 2, 4),
      ]).size,
    ).toBe(4)
  })

  it('have the mean and deviation of their distribution', () => {
    const numbers = Array.from({ length: count }, (_, index) => randomNormal(7, 0, index))
    const mean = numbers.reduce((sum, value) => sum + value, 0) / count
    const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count
    // Standard errors: 1 / sqrt(n) = 0.003 and sqrt(2 / n) = 0.0045; four of each.
    expect(Math.abs(mean)).toBeLessThan(0.013)
    expect(Math.abs(variance - 1)).toBeLessThan(0.018)
  })

  it('do not follow one another from index to index', () => {
    const numbers = Array.from({ length: count }, (_, index) => randomUniform(7, 0, index) - 0.5)
    const covariance =
      numbers.slice(1).reduce((sum, value, index) => sum + value * (numbers[index] ?? 0), 0) / count
    // Correlation = covariance * 12, standard error 1 / sqrt(n) = 0.003; four of them.
    expect(Math.abs(covariance * 12)).toBeLessThan(0.013)
  })
})
