import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLongSide, marginOf, paintingSize, scaleSizes, smallestSide } from './scales'

describe('fitLongSide', () => {
  it('keeps the aspect within half a pixel', () => {
    expect(fitLongSide(400, 600, 512)).toEqual({ width: 341, height: 512 })
  })
})

describe('scaleSizes', () => {
  const size = fc.record({
    width: fc.integer({ min: 64, max: 2048 }),
    height: fc.integer({ min: 64, max: 2048 }),
  })

  it('never goes below 160 px on the long side or 64 px on the short side on the way', () => {
    fc.assert(
      fc.property(size, (final) => {
        const coarse = scaleSizes(final, true).slice(0, -1)
        for (const { width, height } of coarse) {
          expect(Math.max(width, height)).toBeGreaterThanOrEqual(160)
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(64)
        }
      }),
    )
  })

  it('ends with the final size, and is only that without coarse-to-fine', () => {
    fc.assert(
      fc.property(size, (final) => {
        expect(scaleSizes(final, true).at(-1)).toEqual(final)
        expect(scaleSizes(final, false)).toEqual([final])
      }),
    )
  })
})

describe('paintingSize', () => {
  it('gives the painting as many pixels as the picture, in its own aspect', () => {
    const { width, height } = paintingSize({ width: 1000, height: 500 }, { width: 300, height: 300 }, 1)
    expect(width / height).toBeCloseTo(2, 1)
    expect(Math.abs(width * height - 90_000) / 90_000).toBeLessThan(0.01)
  })

  it('gives broad strokes a larger painting: the scale counts along each side', () => {
    const size = { width: 400, height: 300 }
    expect(paintingSize(size, size, 2)).toEqual({ width: 800, height: 600 })
  })

  it('keeps each side as large as the network needs, and is otherwise what it would be without', () => {
    const picture = { width: 64, height: 43 }
    const painting = { width: 800, height: 600 }
    expect(paintingSize(painting, picture, 0.25)).toEqual({ width: 15, height: 11 })
    expect(paintingSize(painting, picture, 0.25, 16)).toEqual({ width: 16, height: 16 })
    expect(paintingSize(painting, picture, 1, 16)).toEqual(paintingSize(painting, picture, 1))
  })
})

it('smallestSide leaves the network 16 px with the margin, and the picture one', () => {
  expect([0, 4, 8, 32].map(smallestSide)).toEqual([16, 8, 1, 1])
})

it('marginOf is nothing for raw pixels', () => {
  expect(marginOf({ margin: 8, precondition: true })).toBe(8)
  expect(marginOf({ margin: 8, precondition: false })).toBe(0)
})
