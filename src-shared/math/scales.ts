/** @file The sizes at which a picture is painted, coarse to fine. */

import type { StyleRecipe } from '../model/style-recipe'

export interface ScaleSize {
  readonly width: number
  readonly height: number
}

/** Of a framed photograph, in pixels. Below it the subject is lost in the coarse layers of the network. */
export const SMALLEST_PHOTOGRAPH_SIDE = 64

/** No coarse scale is smaller: below it conv4_2 is a dozen cells wide and the subject is lost. */
const SMALLEST_LONG_SIDE = 160
const SMALLEST_SHORT_SIDE = 64

/** Width and height with a long side of `size` px and the aspect of `width` × `height`, at least 1 px each. */
export function fitLongSide(width: number, height: number, size: number): ScaleSize {
  const factor = size / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/**
 * [Note: Smallest side] The network halves its feature maps four times and needs a cell at the end: what it looks at
 * measures 16 px along each side at least, with its margin.
 */
const SMALLEST_SIDE_WITH_MARGIN = 16

/** The smallest side, in pixels, of a picture that gets a margin of `margin` px (see [Note: Smallest side]). */
export function smallestSide(margin: number): number {
  return Math.max(1, SMALLEST_SIDE_WITH_MARGIN - 2 * margin)
}

/** Pixels mirrored around a picture while it is painted; raw pixels have none (see [Note: The plain schedule]). */
export function marginOf({ margin, precondition }: Pick<StyleRecipe, 'margin' | 'precondition'>): number {
  return precondition ? margin : 0
}

/**
 * The size at which the painting is looked at: `styleScale`^2 times the pixels of the picture in its own aspect, which
 * is given up only where a side would be smaller than `smallest`.
 */
export function paintingSize(
  painting: ScaleSize,
  picture: ScaleSize,
  styleScale: number,
  smallest = 1,
): ScaleSize {
  const pixels = picture.width * picture.height * styleScale ** 2
  const height = Math.sqrt((pixels * painting.height) / painting.width)
  const long = Math.max(height, (height * painting.width) / painting.height)
  const size = fitLongSide(painting.width, painting.height, Math.round(long))
  return { width: Math.max(smallest, size.width), height: Math.max(smallest, size.height) }
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
