/** @file What is told of a network, beside the papers and what other frameworks count. */
import { describe, expect, it } from 'vitest'
import { networkNames } from '../../../src-shared/model/network-request'
import { inspectNetwork } from './inspect-network'

const inspect = (name: (typeof networkNames)[number], side = 224, classes = 1000) =>
  inspectNetwork({ name, input: [side, side, 3], classes })

describe('the parameters of a network', () => {
  it.each([
    ['vgg-11', 132_863_336],
    ['vgg-13', 133_047_848],
    ['vgg-16', 138_357_544],
    ['vgg-16-c', 133_638_952],
    ['vgg-19', 143_667_240],
  ] as const)('of %s are %i', async (name, parameters) => {
    const costs = await inspect(name)
    expect(costs.parameters).toEqual({ trainable: parameters, total: parameters })
    expect(costs.layers.reduce((sum, layer) => sum + layer.parameters, 0)).toBe(parameters)
  })

  it('are counted by formulas that come to their numbers', async () => {
    for (const name of networkNames) {
      for (const { formula, parameters } of (await inspect(name)).layers) {
        expect(evaluate(formula)).toBe(parameters)
      }
    }
  })

  it('follow the number of classes and the channels of the pictures', async () => {
    const { layers } = await inspectNetwork({ name: 'vgg-11', input: [32, 64, 1], classes: 10 })
    expect(layers.at(0)).toMatchObject({ outputShape: [32, 64, 64], formula: '(3 × 3 × 1 + 1) × 64' })
    expect(layers.find(({ name }) => name === 'fc1')?.formula).toBe('(1024 + 1) × 4096')
    expect(layers.at(-1)).toMatchObject({ outputShape: [10], parameters: 4097 * 10 })
  })
})

describe('the costs of VGG-16', () => {
  it('are the multiply-adds that others count', async () => {
    // 15.47 thousand million, of which the fully connected layers are 123.6 million.
    const { multiplyAdds, layers } = await inspect('vgg-16')
    expect(multiplyAdds).toBe(15_470_264_320)
    const connected = layers.filter(({ kind }) => kind === 'fully-connected')
    expect(connected.reduce((sum, layer) => sum + layer.multiplyAdds, 0)).toBe(
      25_088 * 4096 + 4096 * 4096 + 4096 * 1000,
    )
  })

  it('are told layer by layer, with the receptive fields of the literature', async () => {
    const { layers } = await inspect('vgg-16')
    const seen = new Map(layers.map(({ name, receptiveField }) => [name, receptiveField]))
    expect(layers).toHaveLength(13 + 5 + 3)
    expect(layers[2]).toEqual({
      name: 'block1_pool',
      kind: 'max-pooling',
      outputShape: [112, 112, 64],
      parameters: 0,
      formula: '',
      multiplyAdds: 0,
      receptiveField: 6,
    })
    // Three windows of 3 see 7; conv5_3 sees 196, pool5 212 and fc6 404 (Long et al. 2015, "Fully convolutional").
    expect([...['block1_conv1', 'block1_conv2'].map((name) => seen.get(name))]).toEqual([3, 5])
    expect(['block5_conv3', 'block5_pool', 'fc1', 'fc3'].map((name) => seen.get(name))).toEqual([
      196, 212, 404, 404,
    ])
  })
})

it('pictures that are too small for a network are refused', async () => {
  await expect(Promise.resolve().then(() => inspect('vgg-11', 16))).rejects.toMatchObject({
    code: 'network-input-unfit',
  })
})

/** `(3 × 3 × 64 + 1) × 128`, or nothing. */
function evaluate(formula: string): number {
  const [, inputs = '0', outputs = '0'] = /^\((.+) \+ 1\) × (\d+)$/.exec(formula) ?? []
  return formula === ''
    ? 0
    : (inputs.split(' × ').reduce((product, size) => product * Number(size), 1) + 1) * Number(outputs)
}
