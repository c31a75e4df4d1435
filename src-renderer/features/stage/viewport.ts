/** @file Where the picture lies on the stage: fitted with free space around it, or zoomed and panned. */

export interface StageSize {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** CSS pixels, from the stage's top left corner. */
export interface Rectangle extends StageSize {
  readonly left: number
  readonly top: number
}

/** CSS pixels that stay free around a fitted picture, and below it for its captions. */
const MARGIN = 24
const CAPTIONS = 24

/**
 * The zoom, in screen pixels for each pixel of the picture, at which the whole picture is seen: 1 at most, since
 * enlarged pixels look soft beside a sharp photograph.
 * @param pixelRatio screen pixels for each CSS pixel
 */
export function fittingZoom(picture: StageSize, stage: StageSize, pixelRatio: number): number {
  return Math.min(1, fillingZoom(picture, stage, pixelRatio))
}

/** The long side, in pixels, of a picture of the shape of `picture` that fills the stage at 100 %. */
export function fillingLongSide(picture: StageSize, stage: StageSize, pixelRatio: number): number {
  return Math.floor(Math.max(picture.width, picture.height) * fillingZoom(picture, stage, pixelRatio))
}

function fillingZoom(picture: StageSize, stage: StageSize, pixelRatio: number): number {
  const width = Math.max(1, stage.width - 2 * MARGIN)
  const height = Math.max(1, stage.height - 2 * MARGIN - CAPTIONS)
  return Math.min(width / picture.width, height / picture.height) * pixelRatio
}

/** Where a picture at `zoom` lies, its centre `offset` away from the stage's. */
export function placement(
  picture: StageSize,
  stage: StageSize,
  zoom: number,
  pixelRatio: number,
  offset: Point,
): Rectangle {
  const width = (picture.width * zoom) / pixelRatio
  const height = (picture.height * zoom) / pixelRatio
  // The captions below belong to the picture, so the two are centred together.
  const middle = (stage.height - CAPTIONS) / 2
  return {
    width,
    height,
    left: Math.round((stage.width - width) / 2 + offset.x),
    top: Math.round(middle - height / 2 + offset.y),
  }
}

/** An offset that keeps at least a part of the picture on the stage. */
export function boundedOffset(offset: Point, place: StageSize, stage: StageSize): Point {
  const bound = (value: number, extent: number, room: number): number => {
    const most = Math.max(0, (extent + room) / 2 - 2 * MARGIN)
    return Math.min(most, Math.max(-most, value))
  }
  return { x: bound(offset.x, place.width, stage.width), y: bound(offset.y, place.height, stage.height) }
}
