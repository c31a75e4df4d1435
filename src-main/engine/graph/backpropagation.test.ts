/**
 * @file Every gradient rule beside central differences.
 *
 * Both are computed in one graph in float64 and compared there, since float64 cannot leave a session. For a random
 * direction d, the gradient gives the derivative <gradient, d>, and (L(x + h d) - L(x - h d)) / 2 h approximates it.
 */
import { describe, expect, it } from 'vitest'
import { randomNormal } from '../../../src-shared/math/random'
import type { GraphFunction } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import { gradientRules } from './gradient-rules'
import { gradients } from './backpropagation'
import { Graph } from './graph'
import type { Node } from './node'
import {
  abs,
  add,
  divide,
  logarithm,
  maximum,
  multiply,
  scale,
  square,
  subtract,
} from './operations/arithmetic'
import { greater, select } from './operations/comparison'
import { conv2d } from './operations/convolution'
import { sum } from './operations/reduction'
import { softmaxCrossEntropy } from './operations/softmax'
import { constant, placeholder } from './operations/source'
import { cast } from './operations/cast'
import {
  inputsOf,
  kindsOf,
  operationCases,
  resultShape,
  separatedValues,
  type OperationCase,
} from './testing/operation-cases'

/**
 * The losses are sums of some hundred terms of about 1, which round by 100 * 2^-53 = 1e-14; divided by 2 h that is at
 * most 1e-9, and truncation, h^2 / 6 = 2e-11 times the third derivative, is less. So of a derivative of at least 1e-2
 * no more than 1e-7 can be wrong.
 */
const STEP = 1e-5
const LEAST_DERIVATIVE = 1e-2
const TOLERANCE = 1e-7
const DIRECTIONS = 3

/** Compares both derivatives in the graph; inputs, directions and the weights of the result are fed. */
function comparison(operationCase: OperationCase): GraphFunction {
  const inputs = inputsOf(operationCase)
  const { graph } = inputs[0]
  const points = inputs.map((input) => cast(input, 'float64')) as [Node, Node, Node]
  const directionFeeds = inputs.map((input, position) =>
    placeholder(graph, `direction${String(position)}`, input.shape),
  )
  const directions = directionFeeds.map((feed) => cast(feed, 'float64'))
  const weightFeed = placeholder(graph, 'weight', resultShape(operationCase))
  const weight = cast(weightFeed, 'float64')
  const lossAt = (at: readonly Node[]): Node =>
    sum(multiply(operationCase.build(...(at as [Node, Node, Node])), weight))
  const moved = (distance: number): Node[] =>
    points.map((point, position) => add(point, scale(directions[position] ?? point, distance)))

  const used = points.slice(0, operationCase.shapes.length)
  const analytic = gradients(lossAt(points), used)
    .map((gradient, position) => sum(multiply(gradient, directions[position] ?? gradient)))
    .reduce(add)
  const numeric = scale(subtract(lossAt(moved(STEP)), lossAt(moved(-STEP))), 1 / (2 * STEP))
  const relativeError = divide(abs(subtract(analytic, numeric)), abs(numeric))
  const feeds = [...inputs, ...directionFeeds, weightFeed]
  return {
    inputs: Object.fromEntries(feeds.map((feed) => [feed.name, feed])),
    outputs: { relativeError: cast(relativeError, 'float32'), numeric: cast(numeric, 'float32') },
  }
}

function normalFeed(shape: readonly number[], stream: number) {
  const count = shape.reduce((product, size) => product * size, 1)
  return { shape, values: Float32Array.from({ length: count }, (_, index) => randomNormal(1, stream, index)) }
}

describe('gradients agree with central differences', () => {
  it.each(operationCases)('$name', async (operationCase) => {
    const session = await openSession({ run: comparison(operationCase) })
    for (let direction = 0; direction < DIRECTIONS; direction += 1) {
      const feeds = Object.fromEntries(
        [0, 1, 2].flatMap((position) => {
          const shape = operationCase.shapes[position] ?? []
          const count = shape.reduce((product, size) => product * size, 1)
          const values = separatedValues(count, position, operationCase.positive)
          return [
            [`input${String(position)}`, { shape, values }],
            [`direction${String(position)}`, normalFeed(shape, 10 * direction + position)],
          ]
        }),
      )
      const { relativeError, numeric } = session.functions.run({
        ...feeds,
        weight: normalFeed(resultShape(operationCase), 10 * direction + 9),
      })
      expect(Math.abs(numeric?.values[0] ?? 0)).toBeGreaterThan(LEAST_DERIVATIVE)
      expect(relativeError?.values[0]).toBeLessThan(TOLERANCE)
    }
    session.dispose()
  })

  it('of every operation that has a rule', () => {
    // A variable has no inputs, and stands in programs.test.ts.
    const covered = new Set<string>(['variable', ...operationCases.flatMap(kindsOf)])
    const ruled = Object.entries(gradientRules).flatMap(([kind, rule]) => (rule === null ? [] : [kind]))
    expect(ruled.filter((kind) => !covered.has(kind))).toEqual([])
  })
})

describe('gradients', () => {
  it('pass through a change of type', async () => {
    const input = placeholder(new Graph(), 'input', [2])
    const [gradient = input] = gradients(sum(square(cast(input, 'float64'))), [input])
    const session = await openSession({ run: { inputs: { input }, outputs: { gradient } } })
    const result = session.functions.run({ input: { shape: [2], values: Float32Array.of(3, -0.5) } })
    session.dispose()
    expect([...result.gradient.values]).toEqual([6, -1])
  })

  it.each([
    { tie: 'first', a: [1, 1, 0], b: [0, 0, 1] },
    { tie: 'halves', a: [1, 0.5, 0], b: [0, 0.5, 1] },
  ] as const)('of a maximum are dealt out by its convention at a tie: $tie', async ({ tie, ...expected }) => {
    const graph = new Graph()
    const [a, b] = [placeholder(graph, 'a', [3]), placeholder(graph, 'b', [3])]
    const [gradientA = a, gradientB = b] = gradients(sum(maximum(a, b, tie)), [a, b])
    const session = await openSession({
      run: { inputs: { a, b }, outputs: { a: gradientA, b: gradientB } },
    })
    const values = (...numbers: number[]) => ({ shape: [3], values: Float32Array.from(numbers) })
    const result = session.functions.run({ a: values(2, 2, 2), b: values(1, 2, 3) })
    session.dispose()
    expect({ a: [...result.a.values], b: [...result.b.values] }).toEqual(expected)
  })

  it('keep what was not chosen out, though it is infinite', async () => {
    const input = placeholder(new Graph(), 'input', [2])
    const zero = scale(input, 0)
    const loss = sum(select(greater(input, zero), logarithm(input), zero))
    const [gradient = input] = gradients(loss, [input])
    const session = await openSession({ run: { inputs: { input }, outputs: { loss, gradient } } })
    const result = session.functions.run({ input: { shape: [2], values: Float32Array.of(1, -1) } })
    session.dispose()
    expect([...result.loss.values, ...result.gradient.values]).toEqual([0, 1, 0])
  })

  it('build nothing for what is not asked', () => {
    const { image, convolved } = smallConvolution()
    gradients(sum(convolved), [image])
    expect(image.graph.nodes.map(({ kind }) => kind)).not.toContain('conv2dFilterGradient')
  })

  it('refuse a second derivative that has no rule', () => {
    const { image, convolved } = smallConvolution()
    const [first = image] = gradients(sum(square(convolved)), [image])
    expect(() => gradients(sum(square(first)), [image])).toThrow('gradient-undefined')
  })

  it('refuse to pass labels, and the second result of an operation', () => {
    const graph = new Graph()
    const logits = placeholder(graph, 'logits', [2, 3])
    const labels = placeholder(graph, 'labels', [2, 3])
    const loss = sum(softmaxCrossEntropy(logits, labels))
    expect(() => gradients(loss, [logits, labels])).toThrow('gradient-undefined')
    const [gradient = logits] = gradients(loss, [logits])
    expect(() => gradients(sum(square(gradient)), [logits])).toThrow('gradient-undefined')
  })

  it('refuse a loss that is no scalar, or does not depend on the variable', () => {
    const graph = new Graph()
    const input = placeholder(graph, 'input', [2])
    const other = constant(graph, Float32Array.of(1, 2), [2])
    expect(() => gradients(square(input), [input])).toThrow('graph-invalid')
    expect(() => gradients(sum(other), [input])).toThrow('does not depend')
  })
})

function smallConvolution(): { image: Node; convolved: Node } {
  const graph = new Graph()
  const image = placeholder(graph, 'image', [1, null, null, 1])
  return { image, convolved: conv2d(image, placeholder(graph, 'filter', [3, 3, 1, 1])) }
}
