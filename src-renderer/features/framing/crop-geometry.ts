/** @file Moving and resizing a crop, in fractions of the picture that is cropped. */
import type { Framing } from '../../../src-shared/model/framing'

export type Crop = Framing['crop']

/** Which edges a handle moves: -1 the left or top one, 1 the right or bottom one, 0 neither. */
export interface Handle {
  readonly x: -1 | 0 | 1
  readonly y: -1 | 0 | 1
}

export interface CropLimits {
  /** The smallest width and height, as fractions. */
  readonly width: number
  readonly height: number
}

export const WHOLE_CROP: Crop = { left: 0, top: 0, width: 1, height: 1 }

export function moveCrop(crop: Crop, right: number, down: number): Crop {
  return {
    ...crop,
    left: bounded(crop.left + right, 0, 1 - crop.width),
    top: bounded(crop.top + down, 0, 1 - crop.height),
  }
}

/**
 * The crop after a handle was moved; the opposite edges stay.
 * @param ratio width to height in fractions that a corner keeps; null leaves both free
 */
export function resizeCrop(
  crop: Crop,
  handle: Handle,
  right: number,
  down: number,
  limits: CropLimits,
  ratio: number | null,
): Crop {
  const roomX = room(handle.x, crop.left, crop.width)
  const roomY = room(handle.y, crop.top, crop.height)
  let width = handle.x === 0 ? crop.width : bounded(crop.width + handle.x * right, limits.width, roomX)
  let height = handle.y === 0 ? crop.height : bounded(crop.height + handle.y * down, limits.height, roomY)
  if (ratio !== null) {
    const smallest = Math.max(limits.width, limits.height * ratio)
    width = bounded(Math.max(width, height * ratio), smallest, Math.min(roomX, roomY * ratio))
    height = width / ratio
  }
  return {
    left: handle.x === -1 ? crop.left + crop.width - width : crop.left,
    top: handle.y === -1 ? crop.top + crop.height - height : crop.top,
    width,
    height,
  }
}

/** The largest crop of a ratio around the middle of the whole picture. */
export function cropOfRatio(ratio: number): Crop {
  const width = Math.min(1, ratio)
  const height = Math.min(1, 1 / ratio)
  return { left: (1 - width) / 2, top: (1 - height) / 2, width, height }
}

/** Where a crop lies over the picture, as a style. */
export function cropPlace(crop: Crop): Readonly<Record<keyof Crop, string>> {
  const percent = (fraction: number): string => `${String(fraction * 100)}%`
  return {
    left: percent(crop.left),
    top: percent(crop.top),
    width: percent(crop.width),
    height: percent(crop.height),
  }
}

/** How far an edge may grow: to the border of the picture. */
function room(direction: -1 | 0 | 1, start: number, extent: number): number {
  if (direction === 0) return extent
  return direction === -1 ? start + extent : 1 - start
}

function bounded(value: number, least: number, most: number): number {
  return Math.max(Math.min(value, most), Math.min(least, most))
}
