import { describe, expect, it } from 'vitest'
import { boundedOffset, fillingLongSide, fittingZoom, placement } from './viewport'

const stage = { width: 896, height: 700 }
const centre = { x: 0, y: 0 }

describe('the viewport', () => {
  it('fits a picture with 24 px free around it', () => {
    const picture = { width: 1200, height: 800 }
    const zoom = fittingZoom(picture, stage, 1)
    const place = placement(picture, stage, zoom, 1, centre)
    expect(place.left).toBe(24)
    expect(place.width).toBeCloseTo(848)
    expect(place.top).toBeGreaterThanOrEqual(24)
  })

  it('shows one picture pixel as one screen pixel at zoom 1, on a dense screen too', () => {
    const picture = { width: 512, height: 341 }
    expect(placement(picture, stage, 1, 2, centre)).toMatchObject({ width: 256, height: 170.5 })
  })

  it('shows no picture above 100 % unasked', () => {
    expect(fittingZoom({ width: 96, height: 64 }, stage, 1)).toBe(1)
    expect(fittingZoom({ width: 512, height: 341 }, stage, 2)).toBe(1)
    expect(fittingZoom({ width: 1696, height: 800 }, stage, 1)).toBe(0.5)
  })

  it('is filled at 100 % by a picture of a long side that it names', () => {
    expect(fillingLongSide({ width: 600, height: 400 }, stage, 1)).toBe(848)
    expect(fillingLongSide({ width: 600, height: 400 }, stage, 2)).toBe(1696)
    expect(fillingLongSide({ width: 70, height: 900 }, stage, 1)).toBe(628)
  })

  it('never lets the picture leave the stage', () => {
    const place = { width: 2000, height: 1500 }
    const bounded = boundedOffset({ x: 9999, y: -9999 }, place, stage)
    expect(bounded.x).toBeLessThan((place.width + stage.width) / 2)
    expect(bounded.y).toBeGreaterThan(-(place.height + stage.height) / 2)
    expect(boundedOffset({ x: 12, y: 3 }, place, stage)).toEqual({ x: 12, y: 3 })
  })
})
