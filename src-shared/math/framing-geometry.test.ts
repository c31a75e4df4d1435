import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { framingSchema, wholePicture, type Framing } from '../model/framing'
import { framedSize, framingGeometry, straightenScale, type Size } from './framing-geometry'

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
})
const degrees = fc.double({ min: -45, max: 45, noNaN: true })
const fraction = { min: 0, max: 1, noNaN: true }
const framings: fc.Arbitrary<Framing> = fc.record({
  quarterTurns: fc.integer({ min: 0, max: 3 }),
  straighten: degrees,
  crop: fc.record({
    left: fc.double(fraction),
    top: fc.double(fraction),
    width: fc.double({ ...fraction, min: 1e-6 }),
    height: fc.double({ ...fraction, min: 1e-6 }),
  }),
})

const framing = (changes: Partial<Framing>): Framing => framingSchema.parse({ ...wholePicture, ...changes })

/** The corner (right, top) of the kept rectangle in the picture's own axes, relative to its centre, both signs. */
function keptCorners({ width, height }: Size, angle: number): readonly { x: number; y: number }[] {
  const scale = straightenScale({ width, height }, angle)
  const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  return [1, -1].map((sign) => {
    const [x, y] = [(scale * width) / 2, (sign * scale * height) / 2]
    return { x: Math.abs(x * cosine + y * sine), y: Math.abs(y * cosine - x * sine) }
  })
}

describe('straightenScale', () => {
  it('keeps a rectangle that lies inside of the picture and touches its edge', () => {
    fc.assert(
      fc.property(sizes, degrees, (size, angle) => {
        const reach = keptCorners(size, angle).map(({ x, y }) =>
          Math.max(x / (size.width / 2), y / (size.height / 2)),
        )
        expect(Math.max(...reach)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('is 1 without an angle, the same to both sides, and known for a square at 45 degrees', () => {
    expect(straightenScale({ width: 300, height: 200 }, 0)).toBe(1)
    expect(straightenScale({ width: 300, height: 200 }, 7)).toBe(
      straightenScale({ width: 300, height: 200 }, -7),
    )
    expect(straightenScale({ width: 100, height: 100 }, 45)).toBeCloseTo(Math.SQRT1_2, 12)
  })
})

describe('framingGeometry', () => {
  it('leaves a picture whole', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        expect(framingGeometry(size, wholePicture)).toEqual({
          turned: size,
          straightened: size,
          crop: { left: 0, top: 0, ...size },
        })
      }),
    )
  })

  it('always keeps at least a pixel, inside of what is left', () => {
    fc.assert(
      fc.property(sizes, framings, (size, anyFraming) => {
        const { turned, straightened, crop } = framingGeometry(size, anyFraming)
        expect(straightened.width).toBeLessThanOrEqual(turned.width)
        expect(straightened.height).toBeLessThanOrEqual(turned.height)
        expect(Math.min(crop.left, crop.top)).toBeGreaterThanOrEqual(0)
        expect(Math.min(crop.width, crop.height)).toBeGreaterThanOrEqual(1)
        expect(crop.left + crop.width).toBeLessThanOrEqual(straightened.width)
        expect(crop.top + crop.height).toBeLessThanOrEqual(straightened.height)
        expect(framedSize(size, anyFraming)).toEqual({ width: crop.width, height: crop.height })
      }),
    )
  })

  it('turns before it crops', () => {
    const crop = { left: 0.25, top: 0.5, width: 0.5, height: 0.5 }
    expect(framingGeometry({ width: 400, height: 200 }, framing({ quarterTurns: 1, crop })).crop).toEqual({
      left: 50,
      top: 200,
      width: 100,
      height: 200,
    })
  })

  it('cuts neighbouring crops without a gap or an overlap', () => {
    const part = (left: number) => framing({ crop: { left, top: 0, width: 1 / 3, height: 1 } })
    const thirds = [0, 1 / 3, 2 / 3].map(
      (left) => framingGeometry({ width: 100, height: 9 }, part(left)).crop,
    )
    expect(thirds.map(({ left, width }) => [left, left + width])).toEqual([
      [0, 33],
      [33, 67],
      [67, 100],
    ])
  })
})
