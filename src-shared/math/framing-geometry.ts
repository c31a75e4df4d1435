/**
 * @file The geometry of framing a photograph: turned by quarters, straightened, cropped.
 * The engine cuts the pixels by it and the window draws its crop frame by it.
 */
import type { Framing } from '../model/framing'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Rectangle extends Size {
  readonly left: number
  readonly top: number
}

export interface FramingGeometry {
  /** After the quarter turns. */
  readonly turned: Size
  /** The upright rectangle that is kept of the turned and straightened picture, around its centre. */
  readonly straightened: Size
  /** What is kept of that rectangle. */
  readonly crop: Rectangle
}

/** The sizes, in whole pixels, that a picture of `width` × `height` px takes on its way through `framing`. */
export function framingGeometry({ width, height }: Size, framing: Framing): FramingGeometry {
  const turned = framing.quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width }
  const scale = straightenScale(turned, framing.straighten)
  const straightened = {
    width: atLeastOne(Math.floor(turned.width * scale)),
    height: atLeastOne(Math.floor(turned.height * scale)),
  }
  return { turned, straightened, crop: cropRectangle(straightened, framing.crop) }
}

/** The size of the framed picture in pixels. */
export function framedSize(size: Size, framing: Framing): Size {
  const { width, height } = framingGeometry(size, framing).crop
  return { width, height }
}

/**
 * How large the upright rectangle of the same aspect is that fits into a picture turned by `degrees` around its
 * centre, relative to the picture: in (0, 1], 1 at 0 degrees.
 *
 * Seen from the turned picture the rectangle is turned the other way; its bounding box, s (w cos + h sin) wide
 * and s (w sin + h cos) high, has to fit into w by h.
 */
export function straightenScale({ width, height }: Size, degrees: number): number {
  const angle = (Math.abs(degrees) * Math.PI) / 180
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  return Math.min(width / (width * cosine + height * sine), height / (width * sine + height * cosine))
}

function cropRectangle(size: Size, crop: Framing['crop']): Rectangle {
  const [left, right] = pixelInterval(size.width, crop.left, crop.width)
  const [top, bottom] = pixelInterval(size.height, crop.top, crop.height)
  return { left, top, width: right - left, height: bottom - top }
}

/** The whole pixels nearest to a fraction of `length`, at least one and all inside it. */
function pixelInterval(length: number, start: number, extent: number): [number, number] {
  const first = Math.min(Math.round(start * length), length - 1)
  const end = Math.min(Math.round((start + extent) * length), length)
  return [first, Math.max(end, first + 1)]
}

const atLeastOne = (pixels: number): number => Math.max(1, pixels)
