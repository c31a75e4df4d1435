/** @file Turns, straightens and crops an image, as framing-geometry.ts lays down. */
import { framingGeometry, type Size } from '../../../src-shared/math/framing-geometry'
import type { Framing } from '../../../src-shared/model/framing'
import type { RgbImage } from './rgb-image'
import { mapImage } from './vips'

/** What bicubic interpolation reads beyond a pixel: the corners of the kept rectangle touch the picture's edge. */
const INTERPOLATION_MARGIN = 2

export async function frameImage(image: RgbImage, framing: Framing): Promise<RgbImage> {
  const { straightened, crop } = framingGeometry(image, framing)
  const turned = await turn(image, framing.quarterTurns)
  const upright = await straighten(turned, framing.straighten, straightened)
  if (crop.width === upright.width && crop.height === upright.height) return upright
  return mapImage(upright, (picture) => picture.extract(crop))
}

async function turn(image: RgbImage, quarterTurns: number): Promise<RgbImage> {
  return quarterTurns === 0 ? image : mapImage(image, (picture) => picture.rotate(quarterTurns * 90))
}

/** The middle `kept` pixels of the image turned clockwise by `degrees`. */
async function straighten(image: RgbImage, degrees: number, kept: Size): Promise<RgbImage> {
  if (degrees === 0) return image
  const margin = INTERPOLATION_MARGIN
  const extended = await mapImage(image, (picture) =>
    picture.extend({ top: margin, bottom: margin, left: margin, right: margin, extendWith: 'copy' }),
  )
  const angle = (degrees * Math.PI) / 180
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const rotated = await mapImage(extended, (picture) =>
    picture.affine([cosine, -sine, sine, cosine], { interpolator: 'bicubic' }),
  )
  const middle = {
    left: Math.round((rotated.width - kept.width) / 2),
    top: Math.round((rotated.height - kept.height) / 2),
    ...kept,
  }
  return mapImage(rotated, (picture) => picture.extract(middle))
}
