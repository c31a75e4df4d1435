import { describe, expect, it } from 'vitest'
import { framedSize } from '../../../src-shared/math/framing-geometry'
import { wholePicture, type Framing } from '../../../src-shared/model/framing'
import { frameImage } from './frame-image'
import type { RgbImage } from './rgb-image'
import { BLUE, colourAt, GREEN, paintedImage, quarterColours, quarters, RED, WHITE } from './testing/pictures'

const framing = (changes: Partial<Framing>): Framing => ({ ...wholePicture, ...changes })

describe('frameImage', () => {
  it('leaves a whole picture alone', async () => {
    const image = quarters(40, 30)
    expect(await frameImage(image, wholePicture)).toBe(image)
  })

  it.each([
    [1, [BLUE, RED, WHITE, GREEN]],
    [2, [WHITE, BLUE, GREEN, RED]],
    [3, [GREEN, WHITE, RED, BLUE]],
  ])('turns clockwise by %i quarters, without touching a pixel', async (quarterTurns, expected) => {
    const image = await frameImage(quarters(40, 30), framing({ quarterTurns }))
    expect(quarterColours(image)).toEqual(expected)
    const turnedBack = await frameImage(image, framing({ quarterTurns: 4 - quarterTurns }))
    expect(turnedBack).toEqual(quarters(40, 30))
  })

  it('crops to the pixel', async () => {
    const image = paintedImage(10, 8, (x, y) => [x * 20, y * 20, 0])
    const crop = { left: 0.2, top: 0.25, width: 0.5, height: 0.5 }
    const cropped = await frameImage(image, framing({ crop }))
    expect(cropped).toEqual(paintedImage(5, 4, (x, y) => [(x + 2) * 20, (y + 2) * 20, 0]))
  })

  it.each([-45, -10, 0.5, 3, 30, 45])(
    'straightens by %d degrees without letting the ground show',
    async (straighten) => {
      const image = paintedImage(120, 80, () => [200, 100, 50])
      const straightened = await frameImage(image, framing({ straighten }))
      expect(straightened).toMatchObject(framedSize(image, framing({ straighten })))
      for (let y = 0; y < straightened.height; y += 1) {
        for (let x = 0; x < straightened.width; x += 1) {
          expect(colourAt(straightened, x, y)).toEqual([200, 100, 50])
        }
      }
    },
  )

  it('straightens clockwise, around the middle', async () => {
    // A bright line through the middle, falling to the left by 10 degrees, comes to lie level.
    const slope = Math.tan((10 * Math.PI) / 180)
    const tilted = paintedImage(200, 200, (x, y) =>
      Math.abs(y - 99.5 + (x - 99.5) * slope) < 3 ? WHITE : [0, 0, 0],
    )
    const level = await frameImage(tilted, framing({ straighten: 10 }))
    const middle = Math.floor(level.height / 2)
    for (const x of [2, Math.floor(level.width / 2), level.width - 3]) {
      expect(colourAt(level, x, middle)[0]).toBeGreaterThan(200)
      expect(colourAt(level, x, middle - 8)[0]).toBeLessThan(30)
      expect(colourAt(level, x, middle + 8)[0]).toBeLessThan(30)
    }
  })

  it('takes the alpha along', async () => {
    const { width, height, rgb } = quarters(40, 30)
    const alpha = new Uint8Array(width * height).map((_, i) => (i % width < 20 ? 255 : 60))
    const image: RgbImage = { width, height, rgb, alpha }
    const right = { left: 0.5, top: 0, width: 0.5, height: 1 }
    const cropped = await frameImage(image, framing({ quarterTurns: 2, crop: right }))
    expect(cropped).toMatchObject({ width: 20, height: 30, alpha: new Uint8Array(600).fill(255) })
    expect(colourAt(cropped, 10, 20)).toEqual(RED)
  })
})
