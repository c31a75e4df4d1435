import { describe, expect, it } from 'vitest'
import { defaultStyleRecipe } from '../model/style-recipe'
import { STYLE_LAYERS, layerWeights, styleToContentRatio, styleWeights } from './style-weights'

describe('strength', () => {
  it('runs logarithmically from 2 through about 45 to 1000', () => {
    expect(styleToContentRatio(0)).toBe(2)
    expect(styleToContentRatio(50)).toBeCloseTo(44.7, 1)
    expect(styleToContentRatio(100)).toBeCloseTo(1000, 9)
  })

  it('leaves W_c at 0.01 and moves W_s', () => {
    const { content, style } = styleWeights({ ...defaultStyleRecipe, strength: 100 })
    expect(content).toBe(0.01)
    expect(style).toBeCloseTo(10, 9)
  })

  it('gives way to the expert weights', () => {
    const weights = styleWeights({ ...defaultStyleRecipe, contentWeight: 3, styleWeight: 4 })
    expect([weights.content, weights.style]).toEqual([3, 4])
  })
})

describe('detail', () => {
  it('leaves the layers as they are at 50', () => {
    expect(STYLE_LAYERS.map((layer) => layerWeights(50)[layer])).toEqual([1, 1, 1, 1, 1])
  })

  it.each([0, 25, 75, 100])('tilts the layers at %d and keeps their mean at 1', (detail) => {
    const weights = STYLE_LAYERS.map((layer) => layerWeights(detail)[layer])
    const sorted = weights.toSorted((a, b) => (detail > 50 ? b - a : a - b))
    expect(weights).toEqual(sorted)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(5, 9)
  })
})
