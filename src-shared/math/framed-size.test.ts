import { expect, it } from 'vitest'
import { framingSchema } from '../model/framing'
import { framedSize } from './framed-size'

const photograph = { width: 1200, height: 800 }
const framed = (framing: object) => framedSize(photograph, framingSchema.parse(framing))

it('keeps the size of a picture that is kept whole', () => {
  expect(framed({})).toEqual(photograph)
})

it('swaps the sides with a quarter turn', () => {
  expect(framed({ quarterTurns: 3 })).toEqual({ width: 800, height: 1200 })
  expect(framed({ quarterTurns: 2 })).toEqual(photograph)
})

it('takes the part that a crop keeps, after the turn', () => {
  expect(framed({ quarterTurns: 1, crop: { left: 0.5, top: 0, width: 0.5, height: 1 } })).toEqual({
    width: 400,
    height: 1200,
  })
})

it('keeps the aspect when straightening, and the rectangle turned back touches the edge of the picture', () => {
  const { width, height } = framed({ straighten: -10 })
  expect(width / height).toBeCloseTo(1.5, 2)
  const angle = (10 * Math.PI) / 180
  const tall = width * Math.sin(angle) + height * Math.cos(angle)
  const wide = width * Math.cos(angle) + height * Math.sin(angle)
  expect(Math.abs(tall - photograph.height)).toBeLessThan(2)
  expect(wide).toBeLessThan(photograph.width)
})
