/** @file VGG-19's activations beside those of a reference framework. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Graph } from '../graph/graph'
import { placeholder } from '../graph/operations/source'
import { relativeError } from '../graph/testing/relative-error'
import type { TensorValue } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import type { ConvolutionalWeights } from '../weights/convolution-weights'
import { loadVgg19Weights } from '../weights/vgg19'
import { weightsFolder } from '../weights/weights-folder'
import { loadGoldenVgg19, type GoldenVgg19 } from './testing/vgg19-golden'
import { vgg } from './vgg'

/** float32 against float64; summing some thousands of products rounds to about 2e-7. */
const ACTIVATION_TOLERANCE = 1e-5
/** A rounding is at most 2^-9; sixteen layers of them add up to no more than some times as much. */
const BFLOAT16_TOLERANCE = 0.02

let weights: ConvolutionalWeights
let golden: GoldenVgg19
beforeAll(async () => {
  weights = await loadVgg19Weights(weightsFolder({}))
  golden = await loadGoldenVgg19()
})

describe.each([
  { pooling: 'max', prefix: 'max' },
  { pooling: 'average', prefix: 'avg' },
] as const)('VGG-19 with $pooling pooling', ({ pooling, prefix }) => {
  it('gives the activations of the reference', async () => {
    const layers = ['block1_conv2', 'block3_conv4', 'block4_conv2', 'block5_conv4']
    const graph = new Graph()
    const image = placeholder(graph, 'image', [1, null, null, 3])
    const activations = vgg(image, weights, { variant: 'vgg19', layers, pooling })
    const outputs = Object.fromEntries([...activations].filter(([name]) => layers.includes(name)))
    const session = await openSession({ run: { inputs: { image }, outputs } })
    const result = session.functions.run({ image: golden.tensor('image_rgb_u8') })
    session.dispose()
    for (const layer of layers) {
      const reference = golden.tensor(`${prefix}/activation/${layer}`)
      expect(result[layer]?.shape).toEqual(reference.shape)
      expect(relativeError(result[layer]?.values ?? [], reference.values)).toBeLessThan(ACTIVATION_TOLERANCE)
    }
  })
})

describe('VGG-19 in bfloat16', () => {
  it('gives the activations of the reference to its 8 bits, the first exactly', async () => {
    const layers = ['block1_conv2', 'block3_conv4', 'block5_conv4']
    const graph = new Graph()
    const image = placeholder(graph, 'image', [1, null, null, 3])
    const activations = vgg(image, weights, { variant: 'vgg19', layers, precision: 'bfloat16' })
    const exact = vgg(image, weights, { variant: 'vgg19', layers: ['block1_conv1'] })
    const outputs = Object.fromEntries([...activations].filter(([name]) => layers.includes(name)))
    const first = activations.get('block1_conv1') ?? image
    const exactFirst = exact.get('block1_conv1') ?? image
    const session = await openSession({
      run: { inputs: { image }, outputs: { ...outputs, first, exactFirst } },
    })
    const result: Readonly<Record<string, TensorValue>> = session.functions.run({
      image: golden.tensor('image_rgb_u8'),
    })
    session.dispose()
    for (const layer of layers) {
      const error = relativeError(
        result[layer]?.values ?? [],
        golden.tensor(`max/activation/${layer}`).values,
      )
      expect(error).toBeLessThan(BFLOAT16_TOLERANCE)
      expect(error).toBeGreaterThan(ACTIVATION_TOLERANCE)
    }
    expect(result.first?.values).toEqual(result.exactFirst?.values)
  })
})

describe('the graph of a VGG', () => {
  it('stops at the deepest layer asked for', () => {
    const image = placeholder(new Graph(), 'image', [1, null, null, 3])
    const activations = vgg(image, weights, { variant: 'vgg19', layers: ['block2_conv1', 'block1_conv1'] })
    expect([...activations.keys()]).toEqual(['block1_conv1', 'block1_conv2', 'block2_conv1'])
  })

  it('refuses a layer that the variant lacks', () => {
    const image = placeholder(new Graph(), 'image', [1, null, null, 3])
    expect(() => vgg(image, weights, { variant: 'vgg16', layers: ['block3_conv4'] })).toThrow('block3_conv4')
  })

  it('doubles average pooling if asked to', async () => {
    const graph = new Graph()
    const image = placeholder(graph, 'image', [1, null, null, 3])
    const layers = ['block2_conv1']
    const plain = vgg(image, zeroBias(weights), { variant: 'vgg19', layers, pooling: 'average' })
    const rescaled = vgg(image, zeroBias(weights), {
      variant: 'vgg19',
      layers,
      pooling: 'average',
      rescalePooling: true,
    })
    const outputs = Object.fromEntries(
      Object.entries({ plain, rescaled }).map(([name, layersOf]) => [
        name,
        layersOf.get('block2_conv1') ?? image,
      ]),
    )
    const session = await openSession({ run: { inputs: { image }, outputs } })
    const result = session.functions.run({ image: golden.tensor('image_rgb_u8') })
    session.dispose()
    const twice = result.plain?.values.map((value) => 2 * value)
    expect(result.rescaled?.values).toEqual(twice)
  })
})

/** Without a bias a convolution is linear, and to double its input doubles its output exactly: only exponents change. */
function zeroBias(original: ConvolutionalWeights): ConvolutionalWeights {
  return {
    ...original,
    convolution: (name) => {
      const layer = original.convolution(name)
      return { ...layer, bias: new Float32Array(layer.bias.length) }
    },
  }
}
