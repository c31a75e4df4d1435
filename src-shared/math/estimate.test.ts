import { describe, expect, it } from 'vitest'
import {
  estimateMeasuring,
  estimateMemory,
  estimatePainting,
  estimateSeconds,
  sizeThatFits,
  type PaintingPlan,
} from './estimate'
import { fitLongSide } from './scales'

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

const recipe = { size: 512, styleScale: 1, margin: 8, precondition: true }
const photograph = { width: 3000, height: 2000, format: 'jpeg' }
const painting = { width: 1200, height: 900, format: 'jpeg' }
const ordinary: PaintingPlan = { photograph, painting, files: [photograph, painting], recipe }

describe('estimatePainting', () => {
  it.each([256, 512, 1024, 2048])(
    'is at %d px what the window shows, with 4 bytes for each decoded pixel',
    (size) => {
      const shown = estimateMemory([fitLongSide(3000, 2000, size)], 1)
      expect(estimatePainting({ ...ordinary, recipe: { ...recipe, size } })).toBe(shown + 4 * (6e6 + 1.08e6))
    },
  )

  it('counts the margin along a painting that is long and thin', () => {
    const strip = { width: 500_000, height: 1, format: 'png' }
    const thin = { ...ordinary, painting: strip, files: [photograph, strip] }
    // Seen at 512 px, ended by the system: over 8 GB.
    expect(estimatePainting(thin)).toBeGreaterThan(8e9)
    expect(estimatePainting({ ...thin, recipe: { ...recipe, precondition: false } })).toBeGreaterThan(7e9)
  })

  it('counts huge files while they are decoded, AVIF most', () => {
    const huge = { width: 20_000, height: 10_000, format: 'jpeg' }
    const jpeg = estimatePainting({ ...ordinary, files: [huge, painting] })
    expect(jpeg).toBeGreaterThan(1.25e9 + 200e6 * 12)
    expect(estimatePainting({ ...ordinary, files: [{ ...huge, format: 'avif' }, painting] })).toBe(
      jpeg + 200e6 * 6,
    )
  })
})

it('estimateMeasuring counts pictures at the size of their files', () => {
  const picture = { width: 4000, height: 3000, format: 'png' }
  const files = [picture, picture, painting]
  expect(estimateMeasuring(picture, painting, files)).toBeGreaterThan(12e6 * 2300)
  expect(estimateMeasuring(painting, picture, [painting, painting, picture])).toBeGreaterThan(12e6 * 1650)
})

describe('sizeThatFits', () => {
  const at = (size: number) => estimatePainting({ ...ordinary, recipe: { ...recipe, size } })

  it('is the largest size that needs no more', () => {
    expect(sizeThatFits(ordinary, 2048, at(768))).toBe(768)
    expect(sizeThatFits(ordinary, 2048, at(768) - 1)).toBe(736)
  })

  it('is at most the one that was asked for', () => {
    expect(sizeThatFits(ordinary, 500, Infinity)).toBe(480)
  })

  it('is null where nothing fits', () => {
    expect(sizeThatFits(ordinary, 2048, 1e6)).toBeNull()
  })
})
