/** @file Normalisations as TensorFlow has them in float32 beside those composed in float64; running statistics. */
import { describe, expect, it } from 'vitest'
import type { GraphFunction, TensorValue } from '../runtime/executor'
import { openInterpreter } from '../runtime/interpreter/interpreter'
import { mapValues } from '../runtime/records'
import { openSession } from '../runtime/session/session'
import { gradients } from './backpropagation'
import { Graph } from './graph'
import type { Node } from './node'
import { multiply } from './operations/arithmetic'
import { batchNormalisation, followBatch, type RunningStatistics } from './operations/batch-normalisation'
import { cast } from './operations/cast'
import { localResponseNormalisation } from './operations/local-response-normalisation'
import { sum } from './operations/reduction'
import { placeholder } from './operations/source'
import { separatedValues } from './testing/operation-cases'
import { relativeError } from './testing/relative-error'

/** float32 rounds by 6e-8, and sums over 60 values come to a few times that. */
const TOLERANCE = 1e-6

const SHAPES = { image: [2, 5, 6, 3], scale: [3], shift: [3], upstream: [2, 5, 6, 3] }

const feeds = Object.fromEntries(
  Object.entries(SHAPES).map(([name, shape], seed): [string, TensorValue] => {
    const count = shape.reduce((product, size) => product * size, 1)
    return [name, { shape, values: separatedValues(count, seed) }]
  }),
)

type Inputs = Readonly<Record<keyof typeof SHAPES, Node>>

/** For each normalisation its results, statistics and all gradients, from inputs of any type. */
const normalisations: readonly {
  readonly name: string
  readonly build: (inputs: Inputs) => readonly Node[]
}[] = [
  {
    name: 'batchNormalisation',
    build: ({ image, scale, shift, upstream }) => {
      const { output, mean, variance } = batchNormalisation(image, { scale, shift }, { epsilon: 1e-3 })
      const found = gradients(sum(multiply(output, upstream)), [image, scale, shift])
      return [output, mean, variance('biased'), variance('unbiased'), ...found]
    },
  },
  ...(['sum', 'mean'] as const).map((alphaOf) => ({
    name: 'localResponseNormalisation',
    build: ({ image, upstream }: Inputs) => {
      const options = { depthRadius: 1, bias: 2, alpha: 0.5, beta: 0.75, alphaOf }
      const output = localResponseNormalisation(image, options)
      return [output, ...gradients(sum(multiply(output, upstream)), [image])]
    },
  })),
]

it.each(normalisations)(
  '$name in float32 agrees with the composed one in float64',
  async ({ name, build }) => {
    const graph = new Graph()
    const inputs = {
      image: placeholder(graph, 'image', [null, null, null, 3]),
      scale: placeholder(graph, 'scale', SHAPES.scale),
      shift: placeholder(graph, 'shift', SHAPES.shift),
      upstream: placeholder(graph, 'upstream', SHAPES.upstream),
    }
    const narrow = build(inputs)
    const wide = build(mapValues(inputs, (input) => cast(input, 'float64')))
    const fused = graph.nodes.map(({ kind }) => kind).filter((kind) => kind.startsWith(name))
    expect(fused).toEqual([name, `${name}Gradient`])
    const outputs: [string, Node][] = narrow.flatMap((node, position) => [
      [`narrow${String(position)}`, node],
      [`wide${String(position)}`, cast(wide[position] ?? node, 'float32')],
    ])
    const run: GraphFunction = { inputs, outputs: Object.fromEntries(outputs) }
    const session = await openSession({ run })
    const computed = session.functions.run(feeds)
    session.dispose()
    for (const position of narrow.keys()) {
      const reference = computed[`wide${String(position)}`]?.values ?? []
      expect(relativeError(computed[`narrow${String(position)}`]?.values ?? [], reference)).toBeLessThan(
        TOLERANCE,
      )
    }
  },
)

describe('running statistics', () => {
  // Of 1, 2, 3 and 6: mean 3, squared deviations 14, biased variance 3.5, unbiased 14 / 3.
  const image: TensorValue = { shape: [2, 2, 1, 1], values: Float32Array.of(1, 2, 3, 6) }
  const one: TensorValue = { shape: [1], values: Float32Array.of(1) }
  const conventions: readonly (RunningStatistics & { readonly expected: readonly number[] })[] = [
    { momentum: 0.75, momentumOf: 'old', variance: 'unbiased', expected: [1.5, 0.75 + 14 / 12] },
    { momentum: 0.75, momentumOf: 'old', variance: 'biased', expected: [1.5, 0.75 + 3.5 / 4] },
    { momentum: 0.25, momentumOf: 'batch', variance: 'unbiased', expected: [1.5, 0.75 + 14 / 12] },
    { momentum: 0.75, momentumOf: 'batch', variance: 'biased', expected: [2.5, 0.25 + 3.5 * 0.75] },
  ]

  it.each(conventions)('follow: $momentum of the $momentumOf one, $variance', async (convention) => {
    const graph = new Graph()
    const inputs = {
      image: placeholder(graph, 'image', [null, null, null, 1]),
      one: placeholder(graph, 'one', [1]),
    }
    const batch = batchNormalisation(
      inputs.image,
      { scale: inputs.one, shift: inputs.one },
      { epsilon: 1e-3 },
    )
    const run = {
      inputs,
      outputs: followBatch({ mean: inputs.one, variance: inputs.one }, batch, convention),
    }
    for (const executor of [await openSession({ run }), openInterpreter({ run })]) {
      const { mean, variance } = executor.functions.run({ image, one })
      executor.dispose()
      expect(mean.values[0]).toBeCloseTo(convention.expected[0] ?? NaN, 6)
      expect(variance.values[0]).toBeCloseTo(convention.expected[1] ?? NaN, 6)
    }
  })

  it('refuse a momentum that is no share', () => {
    const graph = new Graph()
    const one = placeholder(graph, 'one', [1])
    const batch = batchNormalisation(
      placeholder(graph, 'image', [1, 2, 2, 1]),
      { scale: one, shift: one },
      { epsilon: 1e-3 },
    )
    const build = () =>
      followBatch({ mean: one, variance: one }, batch, {
        momentum: 1.1,
        momentumOf: 'old',
        variance: 'biased',
      })
    expect(build).toThrow('is no share')
  })
})
