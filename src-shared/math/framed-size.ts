/** @file The size that a framing leaves of a picture. */
import type { Framing } from '../model/framing'
import type { ScaleSize } from './scales'

/**
 * Size in pixels of a picture (`width` × `height` px, upright) after it has been turned, straightened and cropped.
 * Straightening by an angle keeps the largest upright rectangle of the same aspect inside the turned picture.
 */
export function framedSize(picture: ScaleSize, { quarterTurns, straighten, crop }: Framing): ScaleSize {
  const sideways = quarterTurns % 2 === 1
  const width = sideways ? picture.height : picture.width
  const height = sideways ? picture.width : picture.height
  const kept = straightenedPart(width / height, straighten)
  return {
    width: Math.max(1, Math.round(width * kept * crop.width)),
    height: Math.max(1, Math.round(height * kept * crop.height)),
  }
}

/**
 * The side of the kept rectangle as a fraction of the picture's: the rectangle, turned back by the angle, must fit
 * into the picture's width and its height.
 */
function straightenedPart(aspect: number, degrees: number): number {
  const angle = (Math.abs(degrees) * Math.PI) / 180
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  return 1 / (cosine + sine * Math.max(aspect, 1 / aspect))
}
