/**
 * @file Bilinear enlargement of a grid to twice its size, and its transpose.
 *
 * Pixel centres lie at half-integers, so each fine pixel takes 3/4 of the coarse pixel it lies in and 1/4 of the
 * neighbour it leans towards, along each axis; at the border the neighbour is the pixel itself.
 */

export interface PixelGrid {
  readonly width: number
  readonly height: number
  /** height × width × 3, interleaved. */
  readonly values: Float32Array
}

const NEAR = 0.75
const FAR = 0.25

/** The coarse neighbour of fine index `fine`: before it where `fine` is even, behind it where it is odd. */
function neighbour(fine: number, coarseLength: number): number {
  const own = fine >> 1
  return fine % 2 === 0 ? Math.max(own - 1, 0) : Math.min(own + 1, coarseLength - 1)
}

/** fine += factor * enlarged coarse. The coarse grid is half as large, rounded up. */
export function enlargeAdd(coarse: PixelGrid, fine: PixelGrid, factor: number): void {
  const row = new Float32Array(coarse.width * 3)
  for (let y = 0; y < fine.height; y++) {
    const near = (y >> 1) * row.length
    const far = neighbour(y, coarse.height) * row.length
    for (let i = 0; i < row.length; i++) {
      row[i] = factor * (NEAR * coarse.values[near + i]! + FAR * coarse.values[far + i]!)
    }
    for (let x = 0; x < fine.width; x++) {
      const target = (y * fine.width + x) * 3
      const own = (x >> 1) * 3
      const other = neighbour(x, coarse.width) * 3
      for (let channel = 0; channel < 3; channel++) {
        fine.values[target + channel]! += NEAR * row[own + channel]! + FAR * row[other + channel]!
      }
    }
  }
}

/** coarse += factor * transpose of the enlargement, applied to fine: what a gradient takes on its way back. */
export function shrinkAdjoint(fine: PixelGrid, coarse: PixelGrid, factor: number): void {
  const row = new Float32Array(coarse.width * 3)
  for (let y = 0; y < fine.height; y++) {
    row.fill(0)
    for (let x = 0; x < fine.width; x++) {
      const source = (y * fine.width + x) * 3
      const own = (x >> 1) * 3
      const other = neighbour(x, coarse.width) * 3
      for (let channel = 0; channel < 3; channel++) {
        const value = factor * fine.values[source + channel]!
        row[own + channel]! += NEAR * value
        row[other + channel]! += FAR * value
      }
    }
    const near = (y >> 1) * row.length
    const far = neighbour(y, coarse.height) * row.length
    for (let i = 0; i < row.length; i++) {
      coarse.values[near + i]! += NEAR * row[i]!
      coarse.values[far + i]! += FAR * row[i]!
    }
  }
}
