import { describe, expect, it } from 'vitest'
import { enlargeAdd, shrinkAdjoint, type PixelGrid } from './grid-enlargement'
import { SigmoidGrids } from './sigmoid-grids'
import { normalVector } from './testing/problems'
import { dot } from './vectors'

/** Odd and even sizes, and one where the coarsest grid is a single pixel. */
const sizes = [
  { width: 9, height: 6 },
  { width: 16, height: 13 },
  { width: 5, height: 7 },
]

describe('enlargement', () => {
  it.each(sizes)('and its adjoint are transposes of each other at $width × $height', (size) => {
    const half = { width: Math.ceil(size.width / 2), height: Math.ceil(size.height / 2) }
    const grid = (of: typeof size, values: Float32Array): PixelGrid => ({ ...of, values })
    const coarse = normalVector(half.width * half.height * 3, 1)
    const fine = normalVector(size.width * size.height * 3, 2)
    const enlarged = grid(size, new Float32Array(fine.length))
    enlargeAdd(grid(half, coarse), enlarged, 0.7)
    const shrunk = grid(half, new Float32Array(coarse.length))
    shrinkAdjoint(grid(size, fine), shrunk, 0.7)
    // <A x, y> = <x, A^T y>; both sides are sums of a few hundred float32 products.
    expect(dot(enlarged.values, fine)).toBeCloseTo(dot(coarse, shrunk.values), 3)
  })

  it('keeps a constant picture constant', () => {
    const fine: PixelGrid = { width: 7, height: 5, values: new Float32Array(105) }
    enlargeAdd({ width: 4, height: 3, values: new Float32Array(36).fill(2) }, fine, 1)
    expect(new Set(fine.values)).toEqual(new Set([2]))
  })
})

describe('SigmoidGrids', () => {
  it('starts from the picture, drawn 2 % into the gamut at both ends', () => {
    const pixels = new Float32Array(9 * 6 * 3).map((_, index) => (index * 5) % 256)
    const painted = SigmoidGrids.fromPixels({ width: 9, height: 6 }, pixels).pixels()
    painted.forEach((value, index) => {
      expect(value).toBeCloseTo(255 * 0.02 + 0.96 * (pixels[index] ?? 0), 3)
    })
  })

  it('stays in gamut wherever the values go', () => {
    const grids = SigmoidGrids.fromPixels({ width: 9, height: 6 }, new Float32Array(162).fill(255))
    grids.values.fill(1e6)
    expect(Math.max(...grids.pixels())).toBeLessThanOrEqual(255)
    grids.values.fill(-1e6)
    expect(Math.min(...grids.pixels())).toBeGreaterThanOrEqual(0)
  })

  it.each(sizes)('pulls gradients back as central differences say, at $width × $height', (size) => {
    const upstream = normalVector(size.width * size.height * 3, 3)
    const grids = SigmoidGrids.fromPixels(
      size,
      upstream.map((value) => 128 + 40 * value),
    )
    grids.pixels()
    const gradient = grids.pullBack(upstream)
    const direction = normalVector(grids.values.length, 4)
    const along = (distance: number): number =>
      dot(
        new SigmoidGrids(
          size,
          grids.values.map((value, index) => value + distance * (direction[index] ?? 0)),
        ).pixels(),
        upstream,
      )
    // Float32 pixels round to 1e-5; over a distance of 2 * 0.5 and hundreds of pixels that is far below 1e-3.
    expect((along(0.5) - along(-0.5)) / dot(gradient, direction)).toBeCloseTo(1, 3)
  })
})
