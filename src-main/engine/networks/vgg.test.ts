/** @file VGG-19's activations beside those of a reference framework. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Graph } from '../graph/graph'
import type { Node } from '../graph/node'
import { placeholder } from '../graph/operations/source'
import { relativeError } from '../graph/testing/relative-error'
import type { TensorValue } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import type { TrainedWeights } from '../weights/trained-weights'
import { loadVgg19Weights } from '../weights/vgg19'
import { weightsFolder } from '../weights/weights-folder'
import { loadGoldenVgg19, type GoldenVgg19 } from './testing/vgg19-golden'
import { frozenParameters, trainableParameters } from './parameters'
import { subtractMean, vgg, vggConfigurations, type VggName, type VggOptions } from './vgg'

/** float32 against float64; summing some thousands of products rounds to about 2e-7. */
const ACTIVATION_TOLERANCE = 1e-5
/** A rounding is at most 2^-9; sixteen layers of them add up to no more than some times as much. */
const BFLOAT16_TOLERANCE = 0.02

let weights: TrainedWeights
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
    const activations = frozenVgg19(image, { pooling })
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
    const activations = frozenVgg19(image, { precision: 'bfloat16' })
    const exact = frozenVgg19(image, {})
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
  const pass = { parameters: trainableParameters() }
  const image = (side: number | null = null) => placeholder(new Graph(), 'image', [1, side, side, 3])

  it('stops at the layer until which it is needed', () => {
    const { activations, output } = vgg('vgg-19')(image(), { ...pass, until: 'block2_conv1' })
    expect([...activations.keys()]).toEqual(['block1_conv1', 'block1_conv2', 'block1_pool', 'block2_conv1'])
    expect(output).toBe(activations.get('block2_conv1'))
  })

  it('refuses a layer that it lacks', () => {
    expect(() => vgg('vgg-16')(image(224), { ...pass, until: 'block3_conv4' })).toThrow('block3_conv4')
  })

  it('needs to know the size of its pictures for what is fully connected, and only there', () => {
    expect(() => vgg('vgg-11')(image(), { parameters: trainableParameters() })).toThrow('is not known')
    const until = 'block5_pool'
    expect(vgg('vgg-11')(image(), { parameters: trainableParameters(), until }).output.shape[3]).toBe(512)
  })

  it('refuses weights of another shape', () => {
    const narrow: TrainedWeights = {
      ...weights,
      tensor: () => ({ shape: [3, 3, 3, 32], values: new Float32Array(3 * 3 * 3 * 32) }),
    }
    expect(() => vgg('vgg-19')(image(), { parameters: frozenParameters(narrow) })).toThrow(
      'block1_conv1/kernel is [3, 3, 3, 32] and should be [3, 3, 3, 64]',
    )
  })

  it.each([
    ['vgg-11', 8],
    ['vgg-13', 10],
    ['vgg-16', 13],
    ['vgg-16-c', 13],
    ['vgg-19', 16],
  ] as const)('of %s has the layers of the paper', (name: VggName, convolutions) => {
    const built = vgg(name, { classes: 10 })(image(32), { parameters: trainableParameters() })
    const names = [...built.activations.keys()]
    expect(names.filter((layer) => layer.includes('conv'))).toHaveLength(name === 'vgg-11' ? 8 : convolutions)
    expect(names.filter((layer) => layer.includes('pool'))).toHaveLength(vggConfigurations[name].length)
    expect(names.slice(-3)).toEqual(['fc1', 'fc2', 'fc3'])
    expect(built.output.shape).toEqual([1, 10])
  })

  it('doubles average pooling if asked to', async () => {
    const input = image()
    const until = 'block2_conv1'
    const parameters = () => ({ parameters: frozenParameters(withoutBias(weights)), until })
    const output = (options: VggOptions) =>
      vgg('vgg-19', options)(subtractMean(input, weights), parameters()).output
    const session = await openSession({
      run: {
        inputs: { image: input },
        outputs: {
          plain: output({ pooling: 'average' }),
          rescaled: output({ pooling: 'average', rescalePooling: true }),
        },
      },
    })
    const result = session.functions.run({ image: golden.tensor('image_rgb_u8') })
    session.dispose()
    expect(result.rescaled.values).toEqual(result.plain.values.map((value) => 2 * value))
  })
})

function frozenVgg19(image: Node, options: VggOptions): ReadonlyMap<string, Node> {
  const pass = { parameters: frozenParameters(weights), until: 'block5_conv4' }
  return vgg('vgg-19', options)(subtractMean(image, weights), pass).activations
}

/** Without a bias a convolution is linear, and to double its input doubles its output exactly: only exponents change. */
function withoutBias(original: TrainedWeights): TrainedWeights {
  return {
    ...original,
    tensor: (name) => {
      const { shape, values } = original.tensor(name)
      return name.endsWith('/bias') ? { shape, values: new Float32Array(values.length) } : { shape, values }
    },
  }
}
