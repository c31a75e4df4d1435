/**
 * @file Gives clear pixels a colour.
 *
 * What stands under a fully transparent pixel is whatever the writing program left there, mostly black. It would
 * be painted, and would bleed into the visible edge when the picture is resized. So the visible colours are
 * continued into it: averages over ever larger squares, each weighted by alpha, and a clear pixel takes the
 * average of the smallest square around it that holds anything visible ("pull-push", Gortler et al. 1996,
 * The Lumigraph, section 3.4, without its blending between levels).
 */
import type { RgbImage } from './rgb-image'

/** Sums of colour times weight, and of weights, for the squares of one level. */
interface Level {
  readonly width: number
  readonly height: number
  /** Red, green, blue and weight of each square. */
  readonly sums: Float64Array
}

/**
 * The image with the colours of its clear pixels replaced, and with alpha null where it is opaque everywhere.
 * A picture that is clear everywhere keeps its colours.
 */
export function fillTransparentColours(image: RgbImage): RgbImage {
  const { width, height, alpha } = image
  if (alpha === null) return image
  if (alpha.every((value) => value === 255)) return { ...image, alpha: null }
  if (alpha.every((value) => value > 0) || alpha.every((value) => value === 0)) return image

  const levels = buildLevels(image, alpha)
  const rgb = image.rgb.slice()
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x
      if (alpha[pixel] === 0) rgb.set(surroundingColour(levels, x, y), pixel * 3)
    }
  }
  return { ...image, rgb }
}

/** Squares of 2, 4, 8 … px, up to one that holds the whole picture. */
function buildLevels(image: RgbImage, alpha: Uint8Array): readonly Level[] {
  const levels: Level[] = []
  let level: Level = { width: image.width, height: image.height, sums: weightedColours(image, alpha) }
  while (level.width > 1 || level.height > 1) {
    level = halve(level)
    levels.push(level)
  }
  return levels
}

function weightedColours({ rgb }: RgbImage, alpha: Uint8Array): Float64Array {
  const sums = new Float64Array(alpha.length * 4)
  alpha.forEach((weight, pixel) => {
    for (let channel = 0; channel < 3; channel += 1) {
      sums[pixel * 4 + channel] = (rgb[pixel * 3 + channel] ?? 0) * weight
    }
    sums[pixel * 4 + 3] = weight
  })
  return sums
}

function halve(level: Level): Level {
  const width = Math.ceil(level.width / 2)
  const height = Math.ceil(level.height / 2)
  const sums = new Float64Array(width * height * 4)
  for (let y = 0; y < level.height; y += 1) {
    for (let x = 0; x < level.width; x += 1) {
      const from = (y * level.width + x) * 4
      const to = ((y >> 1) * width + (x >> 1)) * 4
      for (let entry = 0; entry < 4; entry += 1) {
        sums[to + entry] = (sums[to + entry] ?? 0) + (level.sums[from + entry] ?? 0)
      }
    }
  }
  return { width, height, sums }
}

function surroundingColour(levels: readonly Level[], x: number, y: number): readonly number[] {
  for (const [index, { width, sums }] of levels.entries()) {
    const square = ((y >> (index + 1)) * width + (x >> (index + 1))) * 4
    const [red = 0, green = 0, blue = 0, weight = 0] = sums.subarray(square, square + 4)
    if (weight > 0) return [red, green, blue].map((sum) => Math.round(sum / weight))
  }
  return [0, 0, 0]
}
