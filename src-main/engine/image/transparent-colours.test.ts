import { describe, expect, it } from 'vitest'
import type { RgbImage } from './rgb-image'
import { BLUE, colourAt, paintedImage, RED } from './testing/pictures'
import { fillTransparentColours } from './transparent-colours'

function withAlpha(image: RgbImage, alphaAt: (x: number, y: number) => number): RgbImage {
  const { width, height } = image
  const alpha = Uint8Array.from({ length: width * height }, (_, i) =>
    alphaAt(i % width, Math.floor(i / width)),
  )
  return { ...image, alpha }
}

describe('fillTransparentColours', () => {
  it('drops an alpha that hides nothing', () => {
    const image = paintedImage(4, 4, () => RED)
    expect(fillTransparentColours(withAlpha(image, () => 255))).toEqual(image)
  })

  it('keeps every colour that can be seen, however faintly', () => {
    const image = withAlpha(
      paintedImage(9, 7, (x, y) => [x * 20, y * 30, 9]),
      (x) => (x === 0 ? 1 : 200),
    )
    expect(fillTransparentColours(image)).toEqual(image)
  })

  it('continues the nearest visible colours into what is clear', () => {
    const image = withAlpha(
      paintedImage(64, 64, (x) => (x < 8 ? RED : x >= 56 ? BLUE : [0, 0, 0])),
      (x) => (x < 8 || x >= 56 ? 255 : 0),
    )
    const filled = fillTransparentColours(image)
    expect(colourAt(filled, 8, 20)).toEqual(RED)
    expect(colourAt(filled, 15, 20)).toEqual(RED)
    expect(colourAt(filled, 55, 20)).toEqual(BLUE)
    expect(filled.alpha).toEqual(image.alpha)
  })

  it('weighs what is half clear by half', () => {
    const image = withAlpha(
      paintedImage(2, 2, (x, y) => (y === 1 ? [0, 0, 0] : x === 0 ? [90, 0, 0] : [0, 90, 0])),
      (x, y) => (y === 1 ? 0 : x === 0 ? 200 : 100),
    )
    expect(colourAt(fillTransparentColours(image), 0, 1)).toEqual([60, 30, 0])
  })

  it('fills pictures of odd size to the last corner', () => {
    const image = withAlpha(
      paintedImage(13, 5, () => [10, 20, 30]),
      (x, y) => (x === 0 && y === 0 ? 255 : 0),
    )
    expect(fillTransparentColours(image).rgb).toEqual(paintedImage(13, 5, () => [10, 20, 30]).rgb)
  })

  it('leaves a picture alone that is clear everywhere', () => {
    const image = withAlpha(
      paintedImage(3, 3, () => BLUE),
      () => 0,
    )
    expect(fillTransparentColours(image)).toEqual(image)
  })
})
