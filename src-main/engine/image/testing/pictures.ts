/** @file Pictures for tests: images in memory with colours that tell where they belong, and files made from them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { RgbImage } from '../rgb-image'

export const SAMPLES = join(import.meta.dirname, '../../../../assets/samples')

export type Colour = readonly [red: number, green: number, blue: number]

/** An opaque image whose pixel at (x, y) is `colour(x, y)`. */
export function paintedImage(
  width: number,
  height: number,
  colour: (x: number, y: number) => Colour,
): RgbImage {
  const pixels = Array.from({ length: width * height }, (_, i) => colour(i % width, Math.floor(i / width)))
  return { width, height, rgb: Uint8Array.from(pixels.flat()), alpha: null }
}

export const RED: Colour = [255, 0, 0]
export const GREEN: Colour = [0, 255, 0]
export const BLUE: Colour = [0, 0, 255]
export const WHITE: Colour = [255, 255, 255]

/** Red, green, blue and white quarters, from the top left, row by row. */
export function quarters(width: number, height: number): RgbImage {
  return paintedImage(width, height, (x, y) => {
    const [left, right] = y < height / 2 ? [RED, GREEN] : [BLUE, WHITE]
    return x < width / 2 ? left : right
  })
}

export function colourAt({ width, rgb }: RgbImage, x: number, y: number): number[] {
  const start = (y * width + x) * 3
  return [...rgb.subarray(start, start + 3)]
}

/** The colours in the middle of the four quarters, from the top left, row by row. */
export function quarterColours(image: RgbImage): number[][] {
  const xs = [0.25, 0.75].map((part) => Math.floor(part * image.width))
  const ys = [0.25, 0.75].map((part) => Math.floor(part * image.height))
  return ys.flatMap((y) => xs.map((x) => colourAt(image, x, y)))
}

/** The largest difference between two lists of values. */
export function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Infinity
  return Array.from(one).reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - (other[i] ?? NaN))),
    0,
  )
}

/** A PNG that claims a size in its header and holds next to nothing. */
export async function writeHollowPng(path: string, width: number, height: number): Promise<void> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const chunks = [
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(new Uint8Array(1000))),
    pngChunk('IEND'),
  ]
  await writeFile(path, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]))
}

function pngChunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
