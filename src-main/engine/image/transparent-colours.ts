/**
 * @file Gives clear pixels a colour.
 *
 * What stands under a fully transparent pixel is whatever the writing program left there, mostly black. It would
 * be painted, and would bleed into the visible edge when the picture is resized. So the visible colours are
 * continued into it: averages over ever larger squares, each weighted by alpha, and a clear pixel takes the
 * average of the smallest square around it that holds anything visible (pull-push of Gortler et al. 1996,
 * The Lumigraph, without its blending between levels).
 */
import type { RgbImage } from './rgb-image'

/** A picture in squares of one size. */
interface Level {
  readonly width: number
  readonly height: number
  /** For each square: red, green and blue, each times alpha, and alpha, summed over its pixels. */
  readonly sums: Float32Array
}

const ENTRIES = 4

/**
 * The image with the colours of its clear pixels replaced, and with alpha null where it is opaque everywhere.
 * A picture that is clear everywhere keeps its colours.
 */
export function fillTransparentColours(image: RgbImage): RgbImage {
  const { width, height, alpha } = image
  if (alpha === null) return image
  if (alpha.every((value) => value === 255)) return { ...image, alpha: null }
  if (alpha.every((value) => value > 0) || alpha.every((value) => value === 0)) return image

  const squares = fillClearSquares(buildLevels(image, alpha))
  const rgb = image.rgb.slice()
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x
      if (alpha[pixel] === 0) copyColour(squares, squareAt(squares, x >> 1, y >> 1), rgb, pixel * 3)
    }
  }
  return { ...image, rgb }
}

/** Squares of 2, 4, 8 … px, up to one that holds the whole picture. */
function buildLevels(image: RgbImage, alpha: Uint8Array): readonly Level[] {
  let level = smallestSquares(image, alpha)
  const levels = [level]
  while (level.width > 1 || level.height > 1) {
    level = joinSquares(level)
    levels.push(level)
  }
  return levels
}

function emptyLevel(of: { readonly width: number; readonly height: number }): Level {
  const [width, height] = [Math.ceil(of.width / 2), Math.ceil(of.height / 2)]
  return { width, height, sums: new Float32Array(width * height * ENTRIES) }
}

function smallestSquares(image: RgbImage, alpha: Uint8Array): Level {
  const level = emptyLevel(image)
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const pixel = y * image.width + x
      const weight = alpha[pixel] ?? 0
      const square = squareAt(level, x >> 1, y >> 1)
      for (let channel = 0; channel < 3; channel += 1) {
        add(level, square + channel, (image.rgb[pixel * 3 + channel] ?? 0) * weight)
      }
      add(level, square + 3, weight)
    }
  }
  return level
}

function joinSquares(smaller: Level): Level {
  const level = emptyLevel(smaller)
  for (let y = 0; y < smaller.height; y += 1) {
    for (let x = 0; x < smaller.width; x += 1) {
      const from = squareAt(smaller, x, y)
      const square = squareAt(level, x >> 1, y >> 1)
      for (let entry = 0; entry < ENTRIES; entry += 1) {
        add(level, square + entry, smaller.sums[from + entry] ?? 0)
      }
    }
  }
  return level
}

const squareAt = ({ width }: Level, x: number, y: number): number => (y * width + x) * ENTRIES

function add({ sums }: Level, entry: number, value: number): void {
  sums[entry] = (sums[entry] ?? 0) + value
}

/** The smallest squares; those that hold nothing visible have taken over the sums of the square around them. */
function fillClearSquares(levels: readonly Level[]): Level {
  return levels.reduceRight((larger, level) => {
    for (let y = 0; y < level.height; y += 1) {
      for (let x = 0; x < level.width; x += 1) {
        const square = squareAt(level, x, y)
        if (level.sums[square + 3] !== 0) continue
        const around = squareAt(larger, x >> 1, y >> 1)
        for (let entry = 0; entry < ENTRIES; entry += 1)
          add(level, square + entry, larger.sums[around + entry] ?? 0)
      }
    }
    return level
  })
}

function copyColour({ sums }: Level, square: number, rgb: Uint8Array, start: number): void {
  const weight = sums[square + 3] ?? 1
  for (let channel = 0; channel < 3; channel += 1) {
    rgb[start + channel] = Math.round((sums[square + channel] ?? 0) / weight)
  }
}
