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

  it('folds gradients back by its transpose', () => {
    const size = { width: 7, height: 5 }
    const picture = normalVector(7 * 5 * 3, 1)
    const upstream = normalVector(13 * 11 * 3, 2)
    const padded = withMargin({ ...size, values: picture }, 3).values
    // <A x, y> = <x, A^T y>; both are sums of a few hundred float32 products.
    expect(dot(padded, upstream)).toBeCloseTo(dot(picture, foldMargin(upstream, size, 3)), 3)
  })

  it('is nothing at a width of nothing', () => {
    const picture = { width: 2, height: 1, values: normalVector(6, 3) }
    expect(withMargin(picture, 0)).toBe(picture)
    expect(foldMargin(picture.values, picture, 0)).toBe(picture.values)
  })
})
