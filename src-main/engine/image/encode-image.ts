/** @file Encodes images: previews for the screen, and pictures to keep. */
import { assertNever } from '../../../src-shared/model/assert-never'
import type { OutputFormat } from '../../../src-shared/model/output-format'
import type { RgbImage } from './rgb-image'
import { recipeToXmp } from './recipe-xmp'
import { colours, coloursWithAlpha, type Sharp } from './vips'

/** High enough that brushwork shows no blocks; with colour at full resolution. */
const KEPT_QUALITY = 95

/** What shows through where a picture with alpha is saved in a format that has none. */
const PAPER = '#ffffff'

/** A JPEG for the screen, made fast; `quality` is 1 to 100. Alpha is left out. */
export async function encodeJpeg(image: RgbImage, quality: number): Promise<Uint8Array> {
  return colours(image).jpeg({ quality }).toBuffer()
}

/** A PNG for the screen, made fast, with alpha. */
export async function encodePng(image: RgbImage): Promise<Uint8Array> {
  return withAlpha(image).png({ compressionLevel: 1 }).toBuffer()
}

/** A picture to keep, with an sRGB profile, and the recipe embedded where there is one. */
export async function encodePicture(
  image: RgbImage,
  format: OutputFormat,
  recipe: unknown,
): Promise<Uint8Array> {
  const picture = inFormat(withAlpha(image), format).withIccProfile('srgb')
  return (recipe === null ? picture : picture.withXmp(recipeToXmp(recipe))).toBuffer()
}

function withAlpha(image: RgbImage): Sharp {
  return image.alpha === null ? colours(image) : coloursWithAlpha(image, image.alpha)
}

function inFormat(picture: Sharp, format: OutputFormat): Sharp {
  switch (format) {
    case 'png':
      return picture.png()
    case 'jpeg':
      return picture
        .flatten({ background: PAPER })
        .jpeg({ quality: KEPT_QUALITY, chromaSubsampling: '4:4:4' })
    case 'webp':
      return picture.webp({ quality: KEPT_QUALITY, smartSubsample: true })
    default:
      return assertNever(format)
  }
}
