import { describe, expect, it } from 'vitest'
import { withColoursOf } from './colour-transfer'
import { normalVector } from './testing/problems'

/** Pixels whose channels are mixed, so that the covariance has no zeros; far from 0 and 255, so nothing is clipped. */
function pixels(seed: number, centre: readonly number[], spread: number): Float32Array {
  const noise = normalVector(3000, seed)
  return noise.map(
    (value, index) => (centre[index % 3] ?? 0) + spread * (value + 0.5 * (noise[index - (index % 3)] ?? 0)),
  )
}

function moments(values: Float32Array): number[] {
  const count = values.length / 3
  const mean = [0, 1, 2].map((c) => values.reduce((sum, v, i) => sum + (i % 3 === c ? v / count : 0), 0))
  const covariance = [0, 1, 2].flatMap((a) =>
    [0, 1, 2].map((b) => {
      let sum = 0
      for (let i = 0; i < values.length; i += 3) {
        sum += (((values[i + a] ?? 0) - (mean[a] ?? 0)) * ((values[i + b] ?? 0) - (mean[b] ?? 0))) / count
      }
      return sum
    }),
  )
  return [...mean, ...covariance]
}

describe('withColoursOf', () => {
  const picture = pixels(1, [100, 120, 140], 8)
  const palette = pixels(2, [140, 90, 120], 12)

  it('gives the picture mean and covariance of the palette', () => {
    const expected = moments(palette)
    moments(withColoursOf(picture, palette)).forEach((value, index) => {
      // The variance that is added against division by nothing is 1 of some hundred.
      expect(Math.abs(value - (expected[index] ?? 0))).toBeLessThan(3)
    })
  })

  it('leaves a picture alone whose palette is its own', () => {
    withColoursOf(picture, picture).forEach((value, index) => {
      expect(value).toBeCloseTo(picture[index] ?? 0, 3)
    })
  })

  it('takes pictures of one colour', () => {
    const grey = new Float32Array(30).fill(128)
    expect(withColoursOf(grey, palette).every(Number.isFinite)).toBe(true)
    expect(new Set(withColoursOf(picture, grey).map(Math.round)).size).toBeLessThan(12)
  })
})
