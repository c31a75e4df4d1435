import { describe, expect, it } from 'vitest'
import type { RgbImage } from '../image/rgb-image'
import { asImage, startingPixels, type StylizeInputs } from './stylize-inputs'

describe('startingPixels', () => {
  const flat = (red: number, green: number, blue: number): RgbImage => ({
    width: 4,
    height: 2,
    rgb: Uint8Array.from({ length: 24 }, (_, index) => [red, green, blue][index % 3] ?? 0),
    alpha: null,
  })
  const inputs: StylizeInputs = {
    photograph: flat(10, 20, 30),
    painting: flat(200, 100, 50),
    initialImage: null,
  }
  const size = { width: 4, height: 2 }

  it('is the photograph itself for raw pixels', async () => {
    const { values } = await startingPixels(inputs, size, {
      init: 'photograph',
      seed: 1,
      precondition: false,
    })
    expect([...values.slice(0, 3)]).toEqual([10, 20, 30])
  })

  it("is the photograph in the painting's colours for a preconditioned picture", async () => {
    const { values } = await startingPixels(inputs, size, { init: 'photograph', seed: 1, precondition: true })
    expect([...values.slice(0, 3)].map(Math.round)).toEqual([200, 100, 50])
  })

  it('is noise that the seed alone decides', async () => {
    const noise = async (seed: number): Promise<number[]> => [
      ...(await startingPixels(inputs, size, { init: 'noise', seed, precondition: true })).values,
    ]
    expect(await noise(1)).toEqual(await noise(1))
    expect(await noise(1)).not.toEqual(await noise(2))
  })
})

describe('asImage', () => {
  it('rounds to 8 bits and clips', () => {
    const values = Float32Array.of(-3, 0.4, 0.6, 254.6, 300, 128)
    expect([...asImage({ width: 2, height: 1, values }).rgb]).toEqual([0, 0, 1, 255, 255, 128])
  })
})
