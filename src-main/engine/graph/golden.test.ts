/**
 * @file Every operation and its gradients beside PyTorch's, on both executors.
 *
 * scripts/reference/operations_golden.py writes the golden file and tells what is in it; the inputs are made here, by
 * the same formula.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { randomUniform } from '../../../src-shared/math/random'
import type { GraphFunction, TensorValue } from '../runtime/executor'
import { openInterpreter } from '../runtime/interpreter/interpreter'
import { openSession } from '../runtime/session/session'
import { gradients } from './backpropagation'
import { gradientRules } from './gradient-rules'
import { Graph } from './graph'
import type { Node } from './node'
import { relu, sigmoid, tanh } from './operations/activation'
import {
  abs,
  add,
  divide,
  exponential,
  logarithm,
  maximum,
  mean,
  multiply,
  sign,
  sqrt,
  square,
  subtract,
  scale as scaled,
} from './operations/arithmetic'
import { batchNormalisation, followBatch, normalisation } from './operations/batch-normalisation'
import { bytesOf, cast } from './operations/cast'
import { equal, greater, greaterOrEqual, select } from './operations/comparison'
import { biasAdd, conv2d } from './operations/convolution'
import { argMax, gather, oneHot } from './operations/indexing'
import { matMul, transpose } from './operations/linear-algebra'
import { localResponseNormalisation } from './operations/local-response-normalisation'
import { averagePool, globalAverage, maxPool } from './operations/pooling'
import { streamKey } from './operations/random'
import { broadcastLike, sum } from './operations/reduction'
import { softmax, softmaxCrossEntropy } from './operations/softmax'
import { placeholder, scalar } from './operations/source'
import { concatenate, crop, pad, reshape } from './operations/structure'
import { relativeError } from './testing/relative-error'

/** float32 rounds by 6e-8; the sums are of at most 150 terms, and exponentials and roots may err by some roundings. */
const TOLERANCE = 1e-6

const numbers = z.array(z.number())
const goldenSchema = z.array(
  z.strictObject({
    name: z.string(),
    operation: z.string(),
    attributes: z.record(z.string(), z.unknown()),
    inputs: z.array(z.strictObject({ shape: numbers, kind: z.string() })),
    openAxes: numbers,
    results: z.record(z.string(), z.strictObject({ shape: numbers, values: numbers })),
    gradients: z.record(z.string(), z.strictObject({ norm: z.number(), projections: numbers })),
  }),
)
type Case = z.infer<typeof goldenSchema>[number]

const path = fileURLToPath(new URL('testing/operations-golden.json', import.meta.url))
const cases = goldenSchema.parse(JSON.parse(await readFile(path, 'utf8')))

const pair = z.tuple([z.number(), z.number()])
const namedPadding = z.enum(['same', 'valid'])
const margins2d = z.tuple([pair, pair])
const convolutionSchema = z.strictObject({
  strides: pair.default([1, 1]),
  padding: z.union([namedPadding, margins2d]).default('same'),
  groups: z.number().default(1),
})
const slidingSchema = z.strictObject({
  window: pair,
  strides: pair,
  padding: z.union([namedPadding, margins2d]),
})
const averageSchema = z.union([
  z.strictObject({ window: pair, strides: pair, padding: namedPadding }),
  z.strictObject({ window: pair, strides: pair, padding: margins2d, countMargins: z.boolean() }),
])
const localResponseSchema = z.strictObject({
  depthRadius: z.number(),
  bias: z.number(),
  alpha: z.number(),
  beta: z.number(),
  alphaOf: z.enum(['sum', 'mean']),
})
const axesOf = (attributes: unknown) => z.object({ axes: numbers }).parse(attributes).axes
const axisOf = (attributes: unknown) => z.object({ axis: z.number() }).parse(attributes).axis
const marginsOf = (attributes: unknown) => z.object({ margins: z.array(pair) }).parse(attributes).margins

type Inputs = readonly [Node, Node, Node, Node, Node]
type Built = Node | ({ readonly result: Node } & Readonly<Record<string, Node>>)

const asNumber = (truth: Node): Node => cast(truth, 'float32')

/** As OPERATIONS of the generator. */
const operations: Readonly<Record<string, (inputs: Inputs, attributes: Case['attributes']) => Built>> = {
  conv2d: ([image, filter], attributes) => conv2d(image, filter, convolutionSchema.parse(attributes)),
  biasAdd: ([input, bias]) => biasAdd(input, bias),
  relu: ([input]) => relu(input),
  tanh: ([input]) => tanh(input),
  sigmoid: ([input]) => sigmoid(input),
  maxPool: ([image], attributes) => maxPool(image, slidingSchema.parse(attributes)),
  averagePool: ([image], attributes) => averagePool(image, averageSchema.parse(attributes)),
  globalAverage: ([image]) => globalAverage(image),
  batchNormalisation: ([image, scale, shift, mean, variance], attributes) => {
    const { epsilon, momentum } = z.object({ epsilon: z.number(), momentum: z.number() }).parse(attributes)
    const batch = batchNormalisation(image, { scale, shift }, { epsilon })
    const old = { mean, variance }
    const kept = followBatch(old, batch, { momentum, momentumOf: 'batch', variance: 'unbiased' })
    return { result: batch.output, ...kept }
  },
  normalisation: ([input, scale, shift, mean, variance], attributes) =>
    normalisation(
      input,
      { scale, shift, mean, variance },
      z.object({ epsilon: z.number() }).parse(attributes),
    ),
  localResponseNormalisation: ([image], attributes) =>
    localResponseNormalisation(image, localResponseSchema.parse(attributes)),
  add: ([a, b]) => add(a, b),
  subtract: ([a, b]) => subtract(a, b),
  multiply: ([a, b]) => multiply(a, b),
  divide: ([a, b]) => divide(a, b),
  square: ([input]) => square(input),
  sqrt: ([input]) => sqrt(input),
  abs: ([input]) => abs(input),
  sign: ([input]) => multiply(input, sign(input)),
  exponential: ([input]) => exponential(input),
  logarithm: ([input]) => logarithm(input),
  maximum: ([a, b]) => maximum(a, b, 'halves'),
  equal: ([a, b]) => asNumber(equal(a, b)),
  greater: ([a, b]) => select(greater(a, b), a, square(b)),
  greaterOrEqual: ([a, b]) => asNumber(greaterOrEqual(a, b)),
  select: ([a, b, c]) => select(greater(a, scalar(a.graph, 0)), b, c),
  matMul: ([a, b], attributes) =>
    matMul(a, b, z.strictObject({ transposeA: z.boolean(), transposeB: z.boolean() }).parse(attributes)),
  transpose: ([input]) => transpose(input),
  sum: ([input], attributes) => sum(input, axesOf(attributes)),
  mean: ([input], attributes) => mean(input, axesOf(attributes)),
  broadcastTo: ([input, model]) => multiply(broadcastLike(input, model), model),
  gather: ([table, indices]) => gather(table, indices),
  argMax: ([input], attributes) => asNumber(argMax(input, axisOf(attributes))),
  oneHot: ([indices], attributes) => oneHot(indices, z.object({ depth: z.number() }).parse(attributes).depth),
  softmax: ([input]) => softmax(input),
  softmaxCrossEntropy: ([logits, labels]) => softmaxCrossEntropy(logits, labels),
  reshape: ([input], attributes) => reshape(input, z.object({ shape: numbers }).parse(attributes).shape),
  pad: ([input], attributes) =>
    pad(input, marginsOf(attributes), z.object({ value: z.number() }).parse(attributes).value),
  crop: ([input], attributes) => crop(input, marginsOf(attributes)),
  concatenate: ([a, b], attributes) => concatenate([a, b], axisOf(attributes)),
  cast: ([input]) => multiply(asNumber(cast(scaled(input, 100), 'int32')), input),
  bytesOf: ([input]) => asNumber(bytesOf(input)),
}

const isInteger = (kind: string): boolean => kind.startsWith('below')
const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** As `values` of the generator. */
function valuesOf(kind: string, shape: readonly number[], seed: number, stream: number): TensorValue {
  const uniform = Array.from({ length: countOf(shape) }, (_, index) => randomUniform(seed, stream, index))
  if (isInteger(kind)) {
    const below = Number(kind.split(' ')[1])
    return { shape, values: Int32Array.from(uniform, (number) => Math.floor(number * below)) }
  }
  return { shape, values: Float32Array.from(floatsOf(kind, uniform, shape.at(-1) ?? 1)) }
}

function floatsOf(kind: string, uniform: readonly number[], length: number): readonly number[] {
  switch (kind) {
    case 'signed':
      return uniform.map((number) => 2 * number - 1)
    case 'positive':
      return uniform.map((number) => number + 0.5)
    case 'rows': {
      const sumFrom = (start: number): number =>
        uniform.slice(start, start + length).reduce((total, number) => total + number, 0)
      return uniform.map((number, index) => number / sumFrom(index - (index % length)))
    }
    default:
      throw new Error(`the generator knows no ${kind} numbers`)
  }
}

const UPSTREAM = 9

/** The function of a case, its feeds, and the axes of its first input that are open. */
function functionOf(golden: Case, openAxes: readonly number[]) {
  const graph = new Graph()
  const seed = streamKey(golden.name)
  const fed = golden.inputs.map(({ shape, kind }, position) => {
    const sizes = shape.map((size, axis) => (position === 0 && openAxes.includes(axis) ? null : size))
    return placeholder(graph, `input${String(position)}`, sizes, isInteger(kind) ? 'int32' : 'float32')
  })
  const missing = placeholder(graph, 'missing', [])
  const [a = missing, b = missing, c = missing, d = missing, e = missing] = fed
  const built = operations[golden.operation]?.([a, b, c, d, e], golden.attributes)
  if (built === undefined) throw new Error(`nothing builds ${golden.operation}`)
  const results: Readonly<Record<string, Node>> = 'graph' in built ? { result: built as Node } : built
  const shape = golden.results.result?.shape ?? []
  const upstream = placeholder(graph, 'upstream', shape)
  const positions = Object.keys(golden.gradients)
  const wanted = positions.map((position) => fed[Number(position)] ?? missing)
  const { result = missing } = results
  const found = positions.length === 0 ? [] : gradients(sum(multiply(result, upstream)), wanted)
  const inputs = [...fed, upstream]
  const run: GraphFunction = {
    inputs: Object.fromEntries(inputs.map((input) => [input.name, input])),
    outputs: {
      ...results,
      ...Object.fromEntries(found.map((gradient, index) => [`gradient${positions[index] ?? ''}`, gradient])),
    },
  }
  const feeds = Object.fromEntries(
    [...golden.inputs, { shape, kind: 'signed' }].map((input, position): [string, TensorValue] => {
      const last = position === golden.inputs.length
      const stream = last ? UPSTREAM : position
      return [last ? 'upstream' : `input${String(position)}`, valuesOf(input.kind, input.shape, seed, stream)]
    }),
  )
  return { run, feeds, seed }
}

/** Sums of a gradient weighted by random vectors, whose size its norm tells. */
function projectionsOf({ values }: TensorValue, seed: number, position: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    [...values].reduce((total, value, at) => {
      const weight = 2 * randomUniform(seed, 10 * (position + 1) + index, at) - 1
      return total + value * weight
    }, 0),
  )
}

const executors = [
  { executor: 'the session', open: openSession, sizes: 'known' },
  { executor: 'the session', open: openSession, sizes: 'open' },
  {
    executor: 'the interpreter',
    open: (program: { run: GraphFunction }) => Promise.resolve(openInterpreter(program)),
    sizes: 'open',
  },
] as const

describe.each(executors)('$executor with $sizes sizes', ({ open, sizes }) => {
  it.each(cases)('$name', async (golden) => {
    const { run, feeds, seed } = functionOf(golden, sizes === 'open' ? golden.openAxes : [])
    const executor = await open({ run })
    const computed = executor.functions.run(feeds)
    executor.dispose()
    for (const [name, { shape, values }] of Object.entries(golden.results)) {
      expect(computed[name]?.shape).toEqual(shape)
      expect(relativeError(computed[name]?.values ?? [], values)).toBeLessThan(TOLERANCE)
    }
    for (const [position, { norm, projections }] of Object.entries(golden.gradients)) {
      const gradient = computed[`gradient${position}`] ?? { shape: [], values: new Float32Array() }
      expect(gradient.shape).toEqual(golden.inputs[Number(position)]?.shape)
      expect(Math.abs(Math.hypot(...gradient.values) - norm)).toBeLessThan(TOLERANCE * norm)
      const found = projectionsOf(gradient, seed, Number(position), projections.length)
      for (const [index, projection] of projections.entries()) {
        expect(Math.abs((found[index] ?? NaN) - projection)).toBeLessThan(TOLERANCE * norm)
      }
    }
  })
})

it('covers every operation that a network can ask for and that has a reference', () => {
  /** What brings values in or tells of sizes; random numbers have a test of their own; gradients are read as such. */
  const without = ['placeholder', 'constant', 'variable', 'resultOf', 'shapeOf', 'elementCount']
  const kinds = Object.keys(gradientRules).filter(
    (kind) => !without.includes(kind) && !kind.startsWith('random') && !kind.endsWith('Gradient'),
  )
  const covered = new Set(cases.map(({ operation }) => operation))
  expect(kinds.filter((kind) => !covered.has(kind))).toEqual([])
  expect(Object.keys(operations).filter((operation) => !covered.has(operation))).toEqual([])
})

it('has a convolution and poolings for each padding, whose windows overlap', () => {
  const paddings = cases.map(({ operation, attributes: { padding } }) => {
    const named = typeof padding === 'string' ? padding : 'margins'
    return `${operation} ${padding === undefined ? 'same' : named}`
  })
  for (const operation of ['conv2d', 'maxPool', 'averagePool']) {
    for (const padding of ['same', 'valid', 'margins']) expect(paddings).toContain(`${operation} ${padding}`)
  }
})
