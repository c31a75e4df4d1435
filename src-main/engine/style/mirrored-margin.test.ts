import { describe, expect, it } from 'vitest'
import { foldMargin, withMargin } from './mirrored-margin'
import { normalVector } from './testing/problems'
import { dot } from './vectors'

describe('the mirrored margin', () => {
  it('shows the picture mirrored at its borders', () => {
    const grey = (values: readonly number[]): Float32Array =>
      Float32Array.from(values.flatMap((v) => [v, v, v]))
    const { width, height, values } = withMargin({ width: 3, height: 1, values: grey([1, 2, 3]) }, 1)
    expect([width, height]).toEqual([5, 3])
    expect(values).toEqual(grey([1, 1, 2, 3, 3, 1, 1, 2, 3, 3, 1, 1, 2, 3, 3]))
  })

  it('goes to and fro where it is wider than the picture', () => {
    const values = Float32Array.from([1, 2].flatMap((value) => [value, value, value]))
    const { width, height, values: padded } = withMargin({ width: 2, height: 1, values }, 5)
    expect([width, height]).toEqual([12, 11])
    const red = Array.from({ length: width * height }, (_, pixel) => padded[pixel * 3])
    expect(red.slice(0, 12)).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2])
    expect(red).toEqual(Array.from({ length: 11 }, () => red.slice(0, 12)).flat())
  })

  it.each([3, 32])('folds gradients back by its transpose, %d px wide', (margin) => {
    const size = { width: 7, height: 5 }
    const picture = normalVector(7 * 5 * 3, 1)
    const upstream = normalVector((7 + 2 * margin) * (5 + 2 * margin) * 3, 2)
    const padded = withMargin({ ...size, values: picture }, margin).values
    // <A x, y> = <x, A^T y>; both are sums of a few thousand float32 products.
    expect(dot(padded, upstream)).toBeCloseTo(dot(picture, foldMargin(upstream, size, margin)), 2)
  })

  it('is nothing at a width of nothing', () => {
    const picture = { width: 2, height: 1, values: normalVector(6, 3) }
    expect(withMargin(picture, 0)).toBe(picture)
    expect(foldMargin(picture.values, picture, 0)).toBe(picture.values)
  })
})
