import { describe, expect, it } from 'vitest'
import { estimateMemory, estimateSeconds, sizeThatFits } from './estimate'

describe('estimateMemory', () => {
  it('is decided by the largest scale', () => {
    const small = { width: 256, height: 170 }
    const large = { width: 512, height: 341 }
    expect(estimateMemory([small, large], 1)).toBe(estimateMemory([large], 1))
    expect(estimateMemory([large], 1)).toBeGreaterThan(estimateMemory([small], 1))
  })

  it('grows with broader strokes, for which the painting is looked at in more pixels', () => {
    const scales = [{ width: 512, height: 341 }]
    expect(estimateMemory(scales, 2)).toBeGreaterThan(estimateMemory(scales, 1))
    expect(estimateMemory(scales, 0.5)).toBe(estimateMemory(scales, 1))
  })

  it('gives a 3:2 painting of 512 px a little more than the 1.64 GB that were measured', () => {
    const bytes = estimateMemory([{ width: 512, height: 341 }], 1)
    expect(bytes).toBeGreaterThan(1.64e9)
    expect(bytes).toBeLessThan(1.8e9)
  })
})

it('estimateSeconds counts the iterations of every scale by their pixels', () => {
  const scales = [
    { width: 500, height: 500 },
    { width: 1000, height: 1000 },
  ]
  expect(estimateSeconds(scales, 60, 8)).toBeCloseTo(60 * 1.25 * 8)
})

describe('sizeThatFits', () => {
  const photograph = { width: 3000, height: 2000 }

  it('is the largest size that needs no more', () => {
    const free = estimateMemory([{ width: 768, height: 512 }], 1)
    expect(sizeThatFits(photograph, 1, 2048, free)).toBe(768)
    expect(sizeThatFits(photograph, 1, 2048, free - 1)).toBe(736)
  })

  it('is at most the one that was asked for', () => {
    expect(sizeThatFits(photograph, 1, 500, Infinity)).toBe(480)
  })

  it('is null where nothing fits', () => {
    expect(sizeThatFits(photograph, 1, 2048, 1e6)).toBeNull()
  })
})
