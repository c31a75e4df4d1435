/** @file Resizes images. */
import type { RgbImage } from './rgb-image'
import { mapImage, plane, toPixels, type Sharp } from './vips'

const fill = (picture: Sharp, width: number, height: number): Sharp =>
  picture.resize(width, height, { fit: 'fill', kernel: 'lanczos3' })

/** The image at `width` × `height` px, its aspect given up where theirs differs; Lanczos with 3 lobes. */
export async function resizeImage(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  if (image.width === width && image.height === height) return image
  return mapImage(image, (picture) => fill(picture, width, height))
}

/** A plane of one byte a pixel, such as alpha, of `from`'s size at the size of `to`. */
export async function resizePlane(
  values: Uint8Array,
  from: { readonly width: number; readonly height: number },
  to: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  if (from.width === to.width && from.height === to.height) return values
  const resized = fill(plane(values, from.width, from.height), to.width, to.height)
  return (await toPixels(resized.toColourspace('b-w'))).values
}
