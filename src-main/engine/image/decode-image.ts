/** @file Reads a picture file into memory: upright, sRGB, 8 bits, framed. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { wholePicture, type Framing } from '../../../src-shared/model/framing'
import { inTime } from './deadline'
import { frameImage } from './frame-image'
import { readImageHeader } from './image-header'
import type { RgbImage } from './rgb-image'
import { fillTransparentColours } from './transparent-colours'
import { sharp, toPixels, type PixelBytes } from './vips'

/**
 * Decodes the first picture of a file and frames it. The camera's orientation is applied; profiles, grey, CMYK
 * and 16 bits are converted to 8-bit sRGB; alpha is set apart.
 *
 * @throws ImpastoError those of readImageHeader, `image-truncated` where the pixels end early or are
 *   damaged, and `image-too-slow`
 */
export async function decodeImage(path: string, framing: Framing = wholePicture): Promise<RgbImage> {
  await readImageHeader(path)
  return frameImage(separateAlpha(await decodePixels(path)), framing)
}

/**
 * Damage is an error and no half-grey picture. Warnings are let pass: many cameras write files that are whole
 * but break a rule of their format.
 */
async function decodePixels(path: string): Promise<PixelBytes> {
  try {
    const picture = sharp(path, { failOn: 'error', autoOrient: true, pages: 1, limitInputPixels: false })
    return await inTime(path, toPixels(picture.toColourspace('srgb')))
  } catch (error) {
    if (error instanceof ImpastoError) throw error
    throw new ImpastoError('image-truncated', { path }, { cause: error })
  }
}

/** The fourth channel is alpha; a fifth, which TIFF files of other programs may have, is theirs alone. */
function separateAlpha({ values, width, height, channels }: PixelBytes): RgbImage {
  if (channels === 3) return { width, height, rgb: values, alpha: null }
  const rgb = new Uint8Array(width * height * 3)
  const alpha = new Uint8Array(width * height)
  for (let from = 0, to = 0; from < values.length; from += channels, to += 3) {
    rgb[to] = values[from] ?? 0
    rgb[to + 1] = values[from + 1] ?? 0
    rgb[to + 2] = values[from + 2] ?? 0
    alpha[to / 3] = values[from + 3] ?? 0
  }
  return fillTransparentColours({ width, height, rgb, alpha })
}
