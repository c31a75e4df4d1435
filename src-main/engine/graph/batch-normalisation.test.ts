/** @file Batch normalisation as TensorFlow fuses it beside the composed one, and the statistics that follow it. */
import { describe, expect, it } from 'vitest'
import type { GraphFunction, TensorValue } from '../runtime/executor'
import { openInterpreter } from '../runtime/interpreter/interpreter'
import { openSession } from '../runtime/session/session'
import { gradients } from './backpropagation'
import { Graph } from './graph'
import type { DataType, Node } from './node'
import { multiply } from './operations/arithmetic'
import { batchNormalisation, followBatch, type RunningStatistics } from './operations/batch-normalisation'
import { cast } from './operations/cast'
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

/** The result, the statistics and all gradients, computed in `dataType`. */
function normalised(inputs: Readonly<Record<keyof typeof SHAPES, Node>>, dataType: DataType): Node[] {
  const image = cast(inputs.image, dataType)
  const scale = cast(inputs.scale, dataType)
  const shift = cast(inputs.shift, dataType)
  const { output, mean, variance } = batchNormalisation(image, { scale, shift }, { epsilon: 1e-3 })
  const loss = sum(multiply(output, cast(inputs.upstream, dataType)))
  const found = [output, mean, variance('biased'), variance('unbiased')]
  return [...found, ...gradients(loss, [image, scale, shift])].map((node) => cast(node, 'float32'))
}

it('fused agrees with composed, in results, statistics and gradients', async () => {
  const graph = new Graph()
  const inputs = {
    image: placeholder(graph, 'image', [null, null, null, 3]),
    scale: placeholder(graph, 'scale', SHAPES.scale),
    shift: placeholder(graph, 'shift', SHAPES.shift),
    upstream: placeholder(graph, 'upstream', SHAPES.upstream),
  }
  const outputs = (dataType: DataType): [string, Node][] =>
    normalised(inputs, dataType).map((node, position) => [`${dataType}_${String(position)}`, node])
  const run: GraphFunction = {
    inputs,
    outputs: Object.fromEntries([...outputs('float32'), ...outputs('float64')]),
  }
  const kinds = graph.nodes.filter(({ kind }) => kind.startsWith('batchNormalisation'))
  expect(kinds.map(({ kind }) => kind)).toEqual(['batchNormalisation', 'batchNormalisationGradient'])
  const session = await openSession({ run })
  const computed = session.functions.run(feeds)
  session.dispose()
  for (let position = 0; position < 7; position += 1) {
    const fused = computed[`float32_${String(position)}`]?.values ?? []
    expect(relativeError(fused, computed[`float64_${String(position)}`]?.values ?? [])).toBeLessThan(
      TOLERANCE,
    )
  }
})

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
