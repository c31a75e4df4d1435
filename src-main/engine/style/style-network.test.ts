/** @file The network as painting uses it; its numbers stand beside a reference in style-program.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STYLE_LAYERS } from '../../../src-shared/math/style-weights'
import { loadVgg19Weights } from '../weights/vgg19'
import { weightsFolder } from '../weights/weights-folder'
import { byLayer } from './style-layers'
import { StyleNetwork, type LossWeights, type Pixels } from './style-network'
import { normalVector } from './testing/problems'

/** Odd along both axes, at every pooling of the way to the content layer. */
const height = 47
const width = 63
const picture = (seed: number): Pixels => {
  const values = normalVector(height * width * 3, seed).map((value) =>
    Math.min(255, Math.abs(128 + 50 * value)),
  )
  return { width, height, values }
}
const weights: LossWeights = { content: 0.01, style: 10, totalVariation: 0, layers: byLayer(() => 1) }

let network: StyleNetwork
beforeAll(async () => {
  network = await StyleNetwork.open(await loadVgg19Weights(weightsFolder({})), {})
})
afterAll(() => {
  network.dispose()
})

describe('the style network', () => {
  it('knows how large the targets of a picture are', () => {
    const { content, grams } = network.targets(picture(1), picture(2))
    // Halved three times, and what is left over dropped: 47, 23, 11, 5 and 63, 31, 15, 7.
    expect(content.shape).toEqual([1, 5, 7, 512])
    const channels = STYLE_LAYERS.map((layer) => grams[`gram/${layer}`].shape)
    expect(channels).toEqual([64, 128, 256, 512, 512].map((count) => [count, count]))
  })

  it('finds nothing to change in a picture that is its own photograph and painting', () => {
    const own = picture(1)
    const { total, styleLayers, gradient } = network.evaluate(own, network.targets(own, own), weights)
    expect([total, ...Object.values(styleLayers)]).toEqual([0, 0, 0, 0, 0, 0])
    expect(gradient.every((value) => value === 0)).toBe(true)
  })

  it('weighs the layers by the squares of their channels', () => {
    const { total, contentLoss, styleLoss, styleLayers } = network.evaluate(
      picture(3),
      network.targets(picture(1), picture(2)),
      weights,
    )
    const channels = [64, 128, 256, 512, 512]
    const expected = STYLE_LAYERS.reduce(
      (sum, layer, index) => sum + styleLayers[layer] / (channels[index] ?? 0) ** 2,
      0,
    )
    expect(styleLoss).toBe(expected)
    // The total is a sum of seven float32 terms; the other side is added in float64.
    expect(total / (0.01 * contentLoss + 10 * styleLoss)).toBeCloseTo(1, 6)
  })
})
