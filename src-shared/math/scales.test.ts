import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLongSide, scaleSizes } from './scales'

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
