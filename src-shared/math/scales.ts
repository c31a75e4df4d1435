/** @file The sizes at which a picture is painted, coarse to fine. */

export interface ScaleSize {
  readonly width: number
  readonly height: number
}

/** No coarse scale is smaller: below it conv4_2 is a dozen cells wide and the subject is lost. */
const SMALLEST_LONG_SIDE = 160
const SMALLEST_SHORT_SIDE = 64

/** Width and height with a long side of `size` px and the aspect of `width` × `height`, at least 1 px each. */
export function fitLongSide(width: number, height: number, size: number): ScaleSize {
  const factor = size / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/**
 * The scales of a painting whose final size is `final`, coarsest first: each half as large as the next,
 * as long as the long side keeps 160 px and the short side 64 px. Only the final one without `coarseToFine`.
 */
export function scaleSizes(final: ScaleSize, coarseToFine: boolean): readonly ScaleSize[] {
  const sizes: ScaleSize[] = [final]
  if (!coarseToFine) return sizes
  for (let divisor = 2; ; divisor *= 2) {
    const size = { width: Math.round(final.width / divisor), height: Math.round(final.height / divisor) }
    const long = Math.max(size.width, size.height)
    const short = Math.min(size.width, size.height)
    if (long < SMALLEST_LONG_SIDE || short < SMALLEST_SHORT_SIDE) return sizes
    sizes.unshift(size)
  }
}
