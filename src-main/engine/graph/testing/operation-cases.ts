/** @file Small graphs that between them use every operation, for the tests of gradients and of executors. */
import { randomUniform } from '../../../../src-shared/math/random'
import type { Node, OperationKind } from '../node'
import { ancestors, Graph } from '../graph'
import { gradients } from '../backpropagation'
import { relu, sigmoid, tanh } from '../operations/activation'
import {
  abs,
  add,
  divide,
  exponential,
  logarithm,
  maximum,
  mean,
  multiply,
  scale,
  sign,
  sqrt,
  square,
  subtract,
} from '../operations/arithmetic'
import { batchNormalisation, normalisation } from '../operations/batch-normalisation'
import { equal, greater, greaterOrEqual, less, select } from '../operations/comparison'
import { biasAdd, conv2d } from '../operations/convolution'
import { argMax, gather, oneHot } from '../operations/indexing'
import { matMul, transpose } from '../operations/linear-algebra'
import { localResponseNormalisation } from '../operations/local-response-normalisation'
import { averagePool, globalAverage, maxPool } from '../operations/pooling'
import { randomNormalLike, randomUniformLike } from '../operations/random'
import { broadcastLike, sum } from '../operations/reduction'
import { softmax, softmaxCrossEntropy } from '../operations/softmax'
import { constant, placeholder } from '../operations/source'
import { bytesOf, cast } from '../operations/cast'
import { concatenate, crop, elementCount, pad, reshape, shapeTensor } from '../operations/structure'

export interface OperationCase {
  readonly name: string
  /** Shapes of the inputs in a run. */
  readonly shapes: readonly (readonly number[])[]
  /** Axes of size unknown until the run, of the first input; none by default. */
  readonly unknownAxes?: readonly number[]
  /** Where the operation is undefined or not differentiable below zero. */
  readonly positive?: boolean
  readonly build: (...inputs: readonly [Node, Node, Node]) => Node
}

const spatial = [1, 2]

/** Central differences build a case several times in one graph, for the same random numbers each time. */
function oncePerGraph(build: (model: Node) => Node): (model: Node) => Node {
  const built = new WeakMap<Graph, Node>()
  return (model) => {
    const node = built.get(model.graph) ?? build(model)
    built.set(model.graph, node)
    return node
  }
}

const seedIn = (graph: Graph): Node => constant(graph, Int32Array.of(7, -3), [2])
const uniformOnce = oncePerGraph((model) => randomUniformLike(model, seedIn(model.graph), 'uniform'))
const normalOnce = oncePerGraph((model) => randomNormalLike(model, seedIn(model.graph), 'normal'))

export const operationCases: readonly OperationCase[] = [
  {
    name: 'conv2d, same padding',
    shapes: [
      [2, 5, 7, 3],
      [3, 3, 3, 4],
    ],
    unknownAxes: spatial,
    build: (image, filter) => conv2d(image, filter),
  },
  {
    name: 'conv2d, stride 2 by 3, same padding, even window, odd size',
    shapes: [
      [1, 7, 9, 2],
      [4, 2, 2, 3],
    ],
    unknownAxes: spatial,
    build: (image, filter) => conv2d(image, filter, { strides: [2, 3] }),
  },
  {
    name: 'conv2d, stride 2, valid padding, a row and a column unread',
    shapes: [
      [1, 8, 6, 2],
      [3, 3, 2, 3],
    ],
    unknownAxes: spatial,
    build: (image, filter) => conv2d(image, filter, { strides: [2, 2], padding: 'valid' }),
  },
  {
    name: 'conv2d, stride 2, margins of its own',
    shapes: [
      [1, 6, 7, 2],
      [3, 3, 2, 3],
    ],
    unknownAxes: spatial,
    build: (image, filter) =>
      conv2d(image, filter, {
        strides: [2, 2],
        padding: [
          [1, 1],
          [0, 3],
        ],
      }),
  },
  {
    name: 'conv2d, two groups, stride 2, same padding',
    shapes: [
      [1, 6, 7, 4],
      [3, 3, 2, 6],
    ],
    unknownAxes: spatial,
    build: (image, filter) => conv2d(image, filter, { strides: [2, 2], groups: 2 }),
  },
  {
    name: 'conv2d, as many groups as channels, margins of its own',
    shapes: [
      [2, 4, 5, 3],
      [3, 3, 1, 6],
    ],
    unknownAxes: spatial,
    build: (image, filter) =>
      conv2d(image, filter, {
        padding: [
          [1, 1],
          [0, 1],
        ],
        groups: 3,
      }),
  },
  {
    name: 'conv2d, window of 1',
    shapes: [
      [1, 3, 5, 4],
      [1, 1, 4, 2],
    ],
    build: (image, filter) => conv2d(image, filter),
  },
  {
    name: 'biasAdd',
    shapes: [[2, 3, 5, 4], [4]],
    unknownAxes: spatial,
    build: (input, bias) => biasAdd(input, bias),
  },
  { name: 'relu', shapes: [[3, 5]], build: (input) => relu(input) },
  { name: 'tanh', shapes: [[3, 5]], unknownAxes: [0], build: (input) => tanh(input) },
  { name: 'sigmoid', shapes: [[3, 5]], unknownAxes: [0], build: (input) => sigmoid(input) },
  { name: 'maxPool', shapes: [[2, 6, 4, 3]], unknownAxes: spatial, build: (image) => maxPool(image) },
  {
    name: 'maxPool, odd size, the last row and column unread',
    shapes: [[1, 5, 7, 2]],
    unknownAxes: spatial,
    build: (image) => maxPool(image),
  },
  {
    name: 'maxPool, overlapping windows, same padding',
    shapes: [[1, 5, 8, 2]],
    unknownAxes: spatial,
    build: (image) => maxPool(image, { window: [3, 3], padding: 'same' }),
  },
  {
    name: 'maxPool, overlapping windows, margins of its own',
    shapes: [[1, 6, 7, 2]],
    unknownAxes: spatial,
    build: (image) =>
      maxPool(image, {
        window: [3, 3],
        padding: [
          [1, 1],
          [0, 2],
        ],
      }),
  },
  ...[false, true].map((countMargins): OperationCase => ({
    name: `averagePool, overlapping windows, margins of its own that ${countMargins ? '' : 'do not '}count`,
    shapes: [[1, 6, 7, 2]],
    unknownAxes: spatial,
    build: (image) =>
      averagePool(image, {
        window: [3, 2],
        strides: [2, 1],
        padding: [
          [1, 1],
          [0, 1],
        ],
        countMargins,
      }),
  })),
  {
    name: 'averagePool, odd size, the last row and column unread',
    shapes: [[1, 5, 7, 2]],
    unknownAxes: spatial,
    build: (image) => averagePool(image),
  },
  {
    name: 'averagePool, overlapping windows, same padding',
    shapes: [[1, 5, 8, 2]],
    unknownAxes: spatial,
    build: (image) => averagePool(image, { window: [3, 2], strides: [2, 1], padding: 'same' }),
  },
  {
    // In float64 it is composed of other operations; normalisation.test.ts holds the fused one to that.
    name: 'batchNormalisation',
    shapes: [[2, 4, 3, 3], [3], [3]],
    unknownAxes: [0, 1, 2],
    build: (image, scale, shift) => batchNormalisation(image, { scale, shift }, { epsilon: 1e-3 }).output,
  },
  {
    name: 'normalisation by given statistics',
    shapes: [[2, 4, 3, 3], [3], [3]],
    unknownAxes: [0, 1, 2],
    build: (image, scale, mean) =>
      normalisation(image, { scale, shift: scale, mean, variance: square(mean) }, { epsilon: 1e-3 }),
  },
  ...(['sum', 'mean'] as const).map((alphaOf): OperationCase => ({
    // In float64 it is composed of other operations; normalisation.test.ts holds the other to that.
    name: `localResponseNormalisation, alpha of the ${alphaOf}`,
    shapes: [[1, 2, 3, 5]],
    unknownAxes: [0, 1, 2],
    build: (image) =>
      localResponseNormalisation(image, { depthRadius: 1, bias: 2, alpha: 0.5, beta: 0.75, alphaOf }),
  })),
  {
    name: 'add',
    shapes: [
      [3, 5],
      [3, 5],
    ],
    unknownAxes: [0, 1],
    build: (a, b) => add(a, b),
  },
  { name: 'add, a row repeated', shapes: [[2, 3, 5], [5]], unknownAxes: [0, 1], build: (a, b) => add(b, a) },
  {
    name: 'add, a column repeated',
    shapes: [
      [4, 3, 5],
      [3, 1],
    ],
    unknownAxes: [0],
    build: (a, b) => add(a, b),
  },
  { name: 'add, a tensor to itself', shapes: [[3, 5]], build: (a) => add(a, a) },
  { name: 'subtract', shapes: [[3, 5], [5]], unknownAxes: [0], build: (a, b) => subtract(a, b) },
  {
    name: 'multiply',
    shapes: [
      [3, 5],
      [3, 5],
    ],
    build: (a, b) => multiply(a, b),
  },
  {
    name: 'multiply by a scalar',
    shapes: [[3, 5], []],
    unknownAxes: [0, 1],
    build: (a, b) => multiply(a, b),
  },
  {
    name: 'divide',
    shapes: [
      [3, 5],
      [3, 1],
    ],
    unknownAxes: [1],
    build: (a, b) => divide(a, b),
  },
  {
    name: 'divide by what the dividend made',
    shapes: [[3, 5]],
    build: (a) => divide(sum(square(a)), scale(sum(a, [0]), 2)),
  },
  { name: 'square', shapes: [[3, 5]], build: (input) => square(input) },
  { name: 'sqrt', shapes: [[3, 5]], positive: true, build: (input) => sqrt(input) },
  { name: 'abs', shapes: [[3, 5]], build: (input) => abs(input) },
  { name: 'sign', shapes: [[3, 5]], build: (input) => multiply(input, sign(input)) },
  { name: 'exponential', shapes: [[3, 5]], unknownAxes: [0], build: (input) => exponential(input) },
  { name: 'logarithm', shapes: [[3, 5]], positive: true, build: (input) => logarithm(input) },
  ...(['first', 'halves'] as const).map((tie): OperationCase => ({
    name: `maximum, ${tie} at a tie`,
    shapes: [[3, 5], [5]],
    unknownAxes: [0],
    build: (a, b) => maximum(a, unequal(b), tie),
  })),
  {
    name: 'equal',
    shapes: [
      [3, 5],
      [3, 5],
    ],
    unknownAxes: [0],
    build: (a, b) => select(equal(sign(a), sign(b)), square(a), b),
  },
  {
    name: 'greater than a column, in a choice from a row and a matrix',
    shapes: [[3, 5], [5], [3, 1]],
    unknownAxes: [0],
    build: (a, b, c) => select(greater(a, unequal(c)), b, multiply(a, c)),
  },
  {
    name: 'greaterOrEqual to a row, in a choice from a number and a row',
    shapes: [[3, 5], [5], []],
    unknownAxes: [0, 1],
    build: (a, b, c) => multiply(a, select(greaterOrEqual(a, unequal(b)), c, b)),
  },
  {
    name: 'less, as numbers',
    shapes: [[3, 5], [5]],
    build: (a, b) => multiply(multiply(a, b), cast(less(a, unequal(b)), a.dataType)),
  },
  {
    name: 'numbers cast to bool',
    shapes: [[3, 5]],
    unknownAxes: [1],
    build: (input) => multiply(input, cast(cast(relu(input), 'bool'), input.dataType)),
  },
  {
    name: 'numbers cast to uint8',
    shapes: [[3, 5]],
    unknownAxes: [1],
    // From 25.25 to 217, none so near to an integer that a step could cross it.
    build: (input) => multiply(input, cast(cast(scale(square(input), 101), 'uint8'), input.dataType)),
  },
  ...[false, true].flatMap((transposeA) =>
    [false, true].map((transposeB): OperationCase => {
      const name = `matMul${transposeA ? ', first transposed' : ''}${transposeB ? ', second transposed' : ''}`
      const shapes = [transposeA ? [5, 3] : [3, 5], transposeB ? [4, 5] : [5, 4]]
      return { name, shapes, build: (a, b) => matMul(a, b, { transposeA, transposeB }) }
    }),
  ),
  {
    name: 'matMul of a transpose with itself',
    shapes: [[7, 4]],
    unknownAxes: [0],
    build: (a) => matMul(a, a, { transposeA: true }),
  },
  {
    name: 'matMul of a matrix with its transpose',
    shapes: [[4, 7]],
    unknownAxes: [1],
    build: (a) => matMul(a, a, { transposeB: true }),
  },
  { name: 'matMul of a matrix with itself', shapes: [[4, 4]], build: (a) => matMul(a, a) },
  { name: 'transpose', shapes: [[3, 5]], unknownAxes: [1], build: (input) => transpose(input) },
  { name: 'sum', shapes: [[2, 3, 5]], unknownAxes: [1, 2], build: (input) => square(sum(input)) },
  {
    name: 'sum over axes',
    shapes: [[2, 3, 5]],
    unknownAxes: [1],
    build: (input) => square(sum(input, [0, 2])),
  },
  {
    name: 'sum over an axis that is kept',
    shapes: [[2, 3, 5]],
    unknownAxes: [1],
    build: (input) => multiply(input, sum(input, [1], true)),
  },
  { name: 'mean', shapes: [[2, 3, 5]], unknownAxes: [1, 2], build: (input) => mean(square(input)) },
  {
    name: 'mean over axes',
    shapes: [[2, 3, 5]],
    unknownAxes: [0, 1],
    build: (input) => mean(square(input), [0, 1]),
  },
  {
    name: 'mean over an axis that is kept',
    shapes: [[2, 3, 5]],
    build: (input) => multiply(input, mean(input, [1], true)),
  },
  {
    name: 'globalAverage',
    shapes: [[2, 3, 5, 2]],
    unknownAxes: [0, 1, 2],
    build: (image) => globalAverage(square(image)),
  },
  {
    name: 'broadcastTo',
    shapes: [
      [4, 3, 5],
      [3, 1],
    ],
    unknownAxes: [0, 2],
    build: (model, input) => multiply(model, broadcastLike(input, model)),
  },
  {
    name: 'reshape',
    shapes: [[1, 3, 5, 2]],
    unknownAxes: spatial,
    build: (input) => square(reshape(input, [null, 2])),
  },
  {
    name: 'pad',
    shapes: [[1, 3, 5]],
    unknownAxes: [1],
    build: (input) =>
      square(
        pad(input, [
          [0, 0],
          [1, 2],
          [0, 3],
        ]),
      ),
  },
  {
    name: 'crop',
    shapes: [[1, 4, 6]],
    unknownAxes: [1, 2],
    build: (input) =>
      square(
        crop(input, [
          [0, 0],
          [1, 2],
          [0, 3],
        ]),
      ),
  },
  {
    name: 'concatenate',
    shapes: [
      [2, 3, 4],
      [2, 3, 1],
      [2, 3, 2],
    ],
    unknownAxes: [0, 1],
    build: (a, b, c) => square(concatenate([b, a, c], 2)),
  },
  {
    name: 'concatenate, the same twice, along the outermost axis',
    shapes: [
      [2, 3],
      [1, 3],
    ],
    unknownAxes: [1],
    build: (a, b) => square(concatenate([square(a), b, a, a], 0)),
  },
  {
    name: 'gather, rows twice and rows never',
    shapes: [[4, 3, 2]],
    unknownAxes: [0, 1],
    build: (table) => square(gather(table, constant(table.graph, Int32Array.of(2, 0, 2, 2, 1, 0), [2, 3]))),
  },
  {
    name: 'gather, numbers of a vector',
    shapes: [[4]],
    build: (table) => square(gather(table, constant(table.graph, Int32Array.of(3, 0, 3), [3]))),
  },
  {
    name: 'oneHot of the largest of each row',
    shapes: [[3, 5]],
    unknownAxes: [0],
    build: (input) => multiply(square(input), cast(oneHot(argMax(input, 1), 5), input.dataType)),
  },
  {
    name: 'argMax along the outermost axis',
    shapes: [[3, 2, 4]],
    unknownAxes: [0, 2],
    build: (input) => multiply(input, add(cast(argMax(input, 0), input.dataType), sum(input))),
  },
  {
    name: 'oneHot with indices outside of the row',
    shapes: [[2, 2, 3]],
    build: (input) => {
      const rows = oneHot(constant(input.graph, Int32Array.of(-1, 0, 3, 2), [2, 2]), 3)
      return multiply(input, cast(rows, input.dataType))
    },
  },
  { name: 'softmax', shapes: [[2, 3, 4]], unknownAxes: [0, 1], build: (input) => softmax(input) },
  {
    name: 'softmaxCrossEntropy',
    shapes: [[3, 4]],
    unknownAxes: [0],
    build: (logits) => {
      const labels = Float32Array.of(0, 1, 0, 0, 0.25, 0.5, 0.125, 0.125, 0.25, 0.25, 0.25, 0.25)
      return softmaxCrossEntropy(logits, cast(constant(logits.graph, labels, [3, 4]), logits.dataType))
    },
  },
  {
    name: 'bytesOf',
    shapes: [[3, 4]],
    build: (input) => {
      const bytes = bytesOf(constant(input.graph, Int32Array.of(0x01fe0380, -2, -(2 ** 31)), [3]))
      return multiply(input, cast(bytes, input.dataType))
    },
  },
  {
    name: 'randomUniform',
    shapes: [[3, 5]],
    unknownAxes: [0],
    build: (input) => multiply(input, cast(uniformOnce(input), input.dataType)),
  },
  {
    name: 'randomNormal',
    shapes: [[3, 5]],
    unknownAxes: [1],
    build: (input) => multiply(input, cast(normalOnce(input), input.dataType)),
  },
  {
    name: 'sizes as numbers',
    shapes: [[3, 5]],
    unknownAxes: [0, 1],
    build: (input) => {
      const sizes = cast(shapeTensor(input), input.dataType)
      return multiply(multiply(input, sum(sizes)), elementCount(input, input.dataType))
    },
  },
  {
    name: 'a node read in two places, by a path of its own and together',
    shapes: [
      [3, 5],
      [3, 5],
    ],
    build: (a, b) => {
      const product = multiply(a, b)
      return add(square(product), multiply(product, relu(a)))
    },
  },
]

/** Five values of an input, none equal to one of fifteen of another (see `separatedValues`), nor near it. */
function unequal(five: Node): Node {
  return scale(five, 0.97)
}

/** The placeholders of a case, float32, in a fresh graph; those it does not use have rank 0. */
export function inputsOf({ shapes, unknownAxes = [] }: OperationCase, known = false): [Node, Node, Node] {
  const graph = new Graph()
  const input = (position: number): Node => {
    const shape = (shapes[position] ?? []).map((size, axis) =>
      position === 0 && !known && unknownAxes.includes(axis) ? null : size,
    )
    return placeholder(graph, `input${String(position)}`, shape)
  }
  return [input(0), input(1), input(2)]
}

/** The shape of a case's result in a run. */
export function resultShape(operationCase: OperationCase): readonly number[] {
  const { shape } = operationCase.build(...inputsOf(operationCase, true))
  return shape.map((size) => size ?? NaN)
}

/**
 * Values for an input: each far from 0 and from all others as measured in steps of finite differences, so that no
 * step crosses a kink of relu, abs or max.
 */
export function separatedValues(count: number, seed: number, positive = false): Float32Array {
  const order = Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => randomUniform(seed, 0, a) - randomUniform(seed, 0, b),
  )
  return Float32Array.from(order, (rank, index) => {
    const magnitude = 0.5 + rank / count
    return positive || randomUniform(seed, 1, index) < 0.5 ? magnitude : -magnitude
  })
}

/** The kinds of operation that a case and its gradients use. */
export function kindsOf(operationCase: OperationCase): readonly OperationKind[] {
  const inputs = inputsOf(operationCase)
  const used = inputs.slice(0, operationCase.shapes.length)
  const loss = sum(operationCase.build(...inputs))
  return ancestors([loss, ...gradients(loss, used)]).map(({ kind }) => kind)
}
