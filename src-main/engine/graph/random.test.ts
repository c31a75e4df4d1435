/** @file Random numbers and dropout: their streams, their statistics, and both executors beside each other. */
import { describe, expect, it } from 'vitest'
import type { Executor, GraphFunction, TensorValue } from '../runtime/executor'
import { openInterpreter } from '../runtime/interpreter/interpreter'
import { openSession } from '../runtime/session/session'
import { gradients } from './backpropagation'
import { Graph } from './graph'
import type { Node } from './node'
import { relu } from './operations/activation'
import { dropout } from './operations/dropout'
import { randomNormalLike, randomUniformLike, streamKey } from './operations/random'
import { sum } from './operations/reduction'
import { constant, placeholder } from './operations/source'
import { relativeError } from './testing/relative-error'

const COUNT = 100_000
/** Statistics are held to five standard deviations: by chance one in two million lies beyond. */
const DEVIATIONS = 5

const seedOf = (first: number, second: number): TensorValue => ({
  shape: [2],
  values: Int32Array.of(first, second),
})

/** Uniform and normal numbers from a seed that is fed, under `name`. */
function draws(name = 'draw', count = COUNT) {
  const graph = new Graph()
  const seed = placeholder(graph, 'seed', [2], 'int32')
  const model = constant(graph, new Float32Array(count), [count])
  return {
    inputs: { seed },
    outputs: {
      uniform: randomUniformLike(model, seed, `${name}/uniform`),
      normal: randomNormalLike(model, seed, `${name}/normal`),
    },
  } satisfies GraphFunction
}

async function drawn(seed: TensorValue, run = draws()) {
  const session = await openSession({ run })
  const { uniform, normal } = session.functions.run({ seed })
  session.dispose()
  return { uniform: [...uniform.values], normal: [...normal.values] }
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length
const momentOf = (values: readonly number[], power: number): number =>
  meanOf(values.map((value) => value ** power))

/** How many standard deviations of it the mean of products of pairs is from 0. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  const products = a.map((value, index) => (value - meanA) * ((b[index] ?? NaN) - meanB))
  return meanOf(products) / Math.sqrt(momentOf(products, 2) / a.length)
}

describe('random numbers', () => {
  it.each([
    [0, 0],
    [1, -1],
    [-(2 ** 31), 2 ** 31 - 1],
  ])('are the same from both executors for the seed %i, %i', async (first, second) => {
    const run = draws('draw', 1001)
    const executors: readonly Executor<{ run: typeof run }>[] = [
      await openSession({ run }),
      openInterpreter({ run }),
    ]
    const [session, interpreter] = executors.map(({ functions }) =>
      functions.run({ seed: seedOf(first, second) }),
    )
    for (const executor of executors) executor.dispose()
    expect(interpreter?.uniform.values).toEqual(session?.uniform.values)
    // TensorFlow takes logarithm and sine in float32.
    expect(relativeError(interpreter?.normal.values ?? [], session?.normal.values ?? [])).toBeLessThan(1e-6)
  })

  it('are the same for a seed in each call, and others for another one', async () => {
    const session = await openSession({ run: draws('draw', 100) })
    const seeds = [seedOf(1, 2), seedOf(1, 3), seedOf(2, 2), seedOf(2, 1)]
    const results = [...seeds, ...seeds].map((seed) => {
      const { uniform, normal } = session.functions.run({ seed })
      return [...uniform.values, ...normal.values].join(' ')
    })
    session.dispose()
    expect(results.slice(seeds.length)).toEqual(results.slice(0, seeds.length))
    expect(new Set(results).size).toBe(seeds.length)
  })

  it('depend on the name, not on what else there is in the graph', async () => {
    const graph = new Graph()
    const seed = placeholder(graph, 'seed', [2], 'int32')
    const model = constant(graph, new Float32Array(100), [100])
    const [other, normal, uniform] = graph.scope('draw', () => [
      randomUniformLike(relu(model), seed, 'other'),
      randomNormalLike(model, seed, 'normal'),
      randomUniformLike(model, seed, 'uniform'),
    ])
    const session = await openSession({
      run: { inputs: { seed }, outputs: { other, normal, uniform } },
    })
    const result = session.functions.run({ seed: seedOf(4, 5) })
    session.dispose()
    const expected = await drawn(seedOf(4, 5), draws('draw', 100))
    expect([...result.uniform.values]).toEqual(expected.uniform)
    expect([...result.normal.values]).toEqual(expected.normal)
    expect([...result.other.values]).not.toEqual(expected.uniform)
  })

  it('have streams by the published hash of their names', () => {
    expect(['', 'a', 'foobar'].map((name) => streamKey(name) >>> 0)).toEqual([
      0x811c9dc5, 0xe40c292c, 0xbf9cf968,
    ])
  })

  it('have the moments of their distributions', async () => {
    const { uniform, normal } = await drawn(seedOf(1, 1))
    const limit = (variance: number): number => DEVIATIONS * Math.sqrt(variance / COUNT)
    expect(uniform.every((value) => value >= 0 && value < 1)).toBe(true)
    const centred = uniform.map((value) => value - 1 / 2)
    // Of x - 1/2 the moments are 0, 1/12, 0 and 1/80, and that of the eighth power is 1/2304.
    expect(Math.abs(meanOf(centred))).toBeLessThan(limit(1 / 12))
    expect(Math.abs(momentOf(centred, 2) - 1 / 12)).toBeLessThan(limit(1 / 80 - 1 / 144))
    expect(Math.abs(momentOf(centred, 4) - 1 / 80)).toBeLessThan(limit(1 / 2304 - 1 / 6400))
    // Those of the normal distribution are 0, 1, 0, 3, 0, 15, 0 and 105.
    expect(Math.abs(meanOf(normal))).toBeLessThan(limit(1))
    expect(Math.abs(momentOf(normal, 2) - 1)).toBeLessThan(limit(3 - 1))
    expect(Math.abs(momentOf(normal, 3))).toBeLessThan(limit(15))
    expect(Math.abs(momentOf(normal, 4) - 3)).toBeLessThan(limit(105 - 9))
  })

  it('are independent of their neighbours, of other seeds and of other names', async () => {
    const { uniform } = await drawn(seedOf(1, 1))
    const others = [
      [...uniform.slice(1), ...uniform.slice(0, 1)],
      (await drawn(seedOf(1, 2))).uniform,
      (await drawn(seedOf(2, 1))).uniform,
      (await drawn(seedOf(1, 1), draws('drax'))).uniform,
    ]
    for (const other of others) expect(Math.abs(correlation(uniform, other))).toBeLessThan(DEVIATIONS)
  })
})

describe('dropout', () => {
  /** Two layers of a network and the gradient of their sum with respect to the input. */
  function dropped(keep: number) {
    const graph = new Graph()
    const seed = placeholder(graph, 'seed', [2], 'int32')
    const input = placeholder(graph, 'input', [null])
    const layer = (name: string): Node => graph.scope(name, () => dropout(input, keep, seed))
    const [first, second] = [layer('first'), layer('second')]
    const [gradient = input] = gradients(sum(first), [input])
    return { inputs: { seed, input }, outputs: { first, second, gradient } } satisfies GraphFunction
  }

  it.each([0.25, 0.5, 0.9, 1])('keeps %d of the elements, and the mean', async (keep) => {
    const session = await openSession({ run: dropped(keep) })
    const input = { shape: [COUNT], values: new Float32Array(COUNT).fill(3) }
    const result = session.functions.run({ seed: seedOf(1, 2), input })
    const next = session.functions.run({ seed: seedOf(1, 3), input }, ['first'])
    session.dispose()
    const [first, second, gradient] = [result.first, result.second, result.gradient].map(({ values }) => [
      ...values,
    ])
    const scaled = Math.fround(3 * Math.fround(1 / keep))
    expect(new Set(first)).toEqual(new Set(keep === 1 ? [3] : [0, scaled]))
    const kept = (first ?? []).filter((value) => value !== 0).length / COUNT
    expect(Math.abs(kept - keep)).toBeLessThanOrEqual(DEVIATIONS * Math.sqrt((keep * (1 - keep)) / COUNT))
    // The same mask on the way back; others in another layer and in the next step.
    expect(gradient?.map((value) => value !== 0)).toEqual(first?.map((value) => value !== 0))
    for (const other of keep === 1 ? [] : [second ?? [], [...next.first.values]]) {
      expect(Math.abs(correlation(first ?? [], other))).toBeLessThan(DEVIATIONS)
    }
  })

  it('needs a probability and a free name', () => {
    const graph = new Graph()
    const input = placeholder(graph, 'input', [2])
    const seed = placeholder(graph, 'seed', [2], 'int32')
    for (const keep of [0, -0.5, 1.5, NaN]) {
      expect(() => dropout(input, keep, seed)).toThrow('no probability')
    }
    dropout(input, 0.5, seed)
    expect(() => dropout(input, 0.5, seed)).toThrow('the name dropout is taken')
    expect(dropout(input, 0.5, seed, 'second').shape).toEqual([2])
  })
})
