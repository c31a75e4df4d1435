/** @file sharp as this program uses it, and the way of raw pixels into and out of it. */
import sharp, { type Sharp } from 'sharp'
import type { RgbImage } from './rgb-image'

/** Its cache knows files by their path, and would answer with the picture that was there before. */
sharp.cache(false)

/**
 * libvips has loaders for dozens of formats, which run scripts of drawing (SVG), follow links to other files and
 * change with how it was built. Only those of the formats that this program reads are left.
 */
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Heif', 'Nsgif'].map((format) => `VipsForeignLoad${format}`),
})

export { sharp, type Sharp }

type Channels = 1 | 3 | 4

function fromPixels(pixels: Uint8Array, width: number, height: number, channels: Channels): Sharp {
  return sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false })
}

/** The colours of an image, without its alpha. */
export function colours({ rgb, width, height }: RgbImage): Sharp {
  return fromPixels(rgb, width, height, 3)
}

/** A plane of one value a pixel, such as alpha. */
export function plane(values: Uint8Array, width: number, height: number): Sharp {
  return fromPixels(values, width, height, 1)
}

/** Colours and alpha together. */
export function coloursWithAlpha({ rgb, width, height }: RgbImage, alpha: Uint8Array): Sharp {
  const pixels = new Uint8Array(width * height * 4)
  for (let from = 0, to = 0; to < pixels.length; from += 3, to += 4) {
    pixels[to] = rgb[from] ?? 0
    pixels[to + 1] = rgb[from + 1] ?? 0
    pixels[to + 2] = rgb[from + 2] ?? 0
    pixels[to + 3] = alpha[to / 4] ?? 0
  }
  return fromPixels(pixels, width, height, 4)
}

/** Values of 0 to 255, interleaved, row by row. */
export interface PixelBytes {
  readonly values: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: number
}

export async function toPixels(picture: Sharp): Promise<PixelBytes> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  const values = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { values, width: info.width, height: info.height, channels: info.channels }
}

/** Applies one operation to the colours of an image and, likewise, to its alpha. */
export async function mapImage(image: RgbImage, operation: (picture: Sharp) => Sharp): Promise<RgbImage> {
  const { values, width, height } = await toPixels(operation(colours(image)))
  if (image.alpha === null) return { width, height, rgb: values, alpha: null }
  const alphaPlane = plane(image.alpha, image.width, image.height)
  const alpha = await toPixels(operation(alphaPlane).toColourspace('b-w'))
  return { width, height, rgb: values, alpha: alpha.values }
}
