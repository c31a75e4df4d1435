import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cropOfRatio, moveCrop, resizeCrop, WHOLE_CROP, type Crop, type Handle } from './crop-geometry'

const limits = { width: 0.1, height: 0.1 }
const middle: Crop = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 }

const corners: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 1 },
]
const edges: readonly Handle[] = [
  { x: 0, y: -1 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 1, y: 0 },
]
const distance = fc.double({ min: -2, max: 2, noNaN: true })

function expectInside({ left, top, width, height }: Crop): void {
  // Fractions are sums of floating-point numbers: one rounding step outside is inside.
  expect(left).toBeGreaterThanOrEqual(-1e-12)
  expect(top).toBeGreaterThanOrEqual(-1e-12)
  expect(left + width).toBeLessThanOrEqual(1 + 1e-12)
  expect(top + height).toBeLessThanOrEqual(1 + 1e-12)
}

describe('a crop', () => {
  it('moves as a whole and stops at the border', () => {
    expect(moveCrop(middle, 0.1, -0.1)).toEqual({ left: 0.35, top: 0.15, width: 0.5, height: 0.5 })
    expect(moveCrop(middle, 9, 9)).toEqual({ left: 0.5, top: 0.5, width: 0.5, height: 0.5 })
  })

  it('keeps the opposite edge where it is', () => {
    const resized = resizeCrop(middle, { x: -1, y: 0 }, 0.1, 0.3, limits, null)
    expect(resized.left + resized.width).toBeCloseTo(0.75)
    expect(resized).toMatchObject({ top: 0.25, height: 0.5 })
    expect(resized.width).toBeCloseTo(0.4)
  })

  it('never leaves the picture nor falls below its limits, whatever is dragged where', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corners, ...edges), distance, distance, (handle, right, down) => {
        const resized = resizeCrop(middle, handle, right, down, limits, null)
        expectInside(resized)
        expect(resized.width).toBeGreaterThanOrEqual(0.1 - 1e-12)
        expect(resized.height).toBeGreaterThanOrEqual(0.1 - 1e-12)
      }),
    )
  })

  it('keeps its ratio at the corners', () => {
    const square = cropOfRatio(2)
    fc.assert(
      fc.property(fc.constantFrom(...corners), distance, distance, (handle, right, down) => {
        const resized = resizeCrop(square, handle, right, down, limits, 2)
        expectInside(resized)
        expect(resized.width / resized.height).toBeCloseTo(2)
      }),
    )
  })

  it('of a ratio is the largest in the middle', () => {
    expect(cropOfRatio(1)).toEqual(WHOLE_CROP)
    expect(cropOfRatio(0.5)).toEqual({ left: 0.25, top: 0, width: 0.5, height: 1 })
  })
})
