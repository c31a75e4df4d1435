import { describe, expect, it } from 'vitest'
import { ancestors, Graph } from './graph'
import type { DataType, Node } from './node'
import { relu, sigmoid } from './operations/activation'
import { add, divide, exponential, maximum, mean, multiply } from './operations/arithmetic'
import { batchNormalisation } from './operations/batch-normalisation'
import { equal, greater, select } from './operations/comparison'
import { biasAdd, conv2d } from './operations/convolution'
import { argMax, gather, oneHot } from './operations/indexing'
import { matMul } from './operations/linear-algebra'
import {
  localResponseNormalisation,
  type LocalResponseOptions,
} from './operations/local-response-normalisation'
import { averagePool, globalAverage, maxPool } from './operations/pooling'
import { randomNormalLike, randomUniformLike } from './operations/random'
import { sum } from './operations/reduction'
import { softmax, softmaxCrossEntropy } from './operations/softmax'
import { constant, placeholder, scalar } from './operations/source'
import { bytesOf, cast } from './operations/cast'
import { concatenate, crop, elementCount, pad, reshape, shapeTensor } from './operations/structure'

const ONE_AROUND = [
  [1, 1],
  [1, 1],
] as const

const input = (...shape: (number | null)[]) => placeholder(new Graph(), 'input', shape)
const inputs = (...shapes: (number | null)[][]) => {
  const graph = new Graph()
  return shapes.map((shape, index) => placeholder(graph, `input${index}`, shape))
}

describe('a graph', () => {
  it('gives every node a name of its own, in its scope', () => {
    const graph = new Graph()
    const image = placeholder(graph, 'image', [1])
    const names = graph.scope('block', () => graph.scope('layer', () => [relu(image).name, relu(image).name]))
    expect([image.name, ...names, relu(image).name]).toEqual([
      'image',
      'block/layer/relu',
      'block/layer/relu_1',
      'relu',
    ])
  })

  it('leaves a scope even when building fails', () => {
    const graph = new Graph()
    expect(() => graph.scope('block', () => sum(placeholder(graph, 'image', [1]), [3]))).toThrow()
    expect(scalar(graph, 1).name).toBe('constant')
  })

  it('refuses an input from another graph', () => {
    expect(() => add(input(1), input(1))).toThrow('another graph')
  })

  it('lists what an output depends on, inputs first', () => {
    const a = input(2)
    const b = relu(a)
    relu(b)
    const c = add(a, b)
    expect(ancestors([c, b])).toEqual([a, b, c])
  })
})

describe('shapes', () => {
  it.each([
    { size: [5, 7], strides: [1, 1], padding: 'same', expected: [5, 7] },
    { size: [5, 7], strides: [2, 3], padding: 'same', expected: [3, 3] },
    { size: [5, 7], strides: [1, 1], padding: 'valid', expected: [3, 5] },
    { size: [5, 8], strides: [2, 2], padding: 'valid', expected: [2, 3] },
    { size: [null, 8], strides: [2, 2], padding: 'valid', expected: [null, 3] },
    { size: [6, 7], strides: [2, 2], padding: ONE_AROUND, expected: [3, 4] },
    { size: [null, 7], strides: [2, 1], padding: ONE_AROUND, expected: [null, 7] },
  ] as const)('of a 3 x 3 convolution of $size, strides $strides, $padding', (example) => {
    const [image = input(), filter = input()] = inputs([2, ...example.size, 4], [3, 3, 4, 6])
    const { shape } = conv2d(image, filter, { strides: example.strides, padding: example.padding })
    expect(shape).toEqual([2, ...example.expected, 6])
  })

  it('of a convolution by a filter whose size a run will tell', () => {
    const [image = input(), filter = input()] = inputs([1, 5, 8, 4], [null, 3, 4, 6])
    expect(conv2d(image, filter).shape).toEqual([1, 5, 8, 6])
    expect(conv2d(image, filter, { padding: 'valid' }).shape).toEqual([1, null, 6, 6])
  })

  it('of a convolution in groups', () => {
    const [image = input(), filter = input()] = inputs([1, 5, null, 4], [3, 3, 2, 6])
    expect(conv2d(image, filter, { groups: 2 }).shape).toEqual([1, 5, null, 6])
  })

  it('of pooling', () => {
    expect(maxPool(input(1, 5, null, 3)).shape).toEqual([1, 2, null, 3])
    expect(averagePool(input(1, 5, 6, 3), { padding: 'same' }).shape).toEqual([1, 3, 3, 3])
    expect(globalAverage(input(null, 5, null, 3)).shape).toEqual([null, 3])
    const around = { window: [3, 3], padding: ONE_AROUND } as const
    expect(maxPool(input(1, 6, null, 3), around).shape).toEqual([1, 3, null, 3])
    expect(averagePool(input(1, 6, 7, 3), { ...around, countMargins: false }).shape).toEqual([1, 3, 4, 3])
  })

  it('of batch normalisation and its statistics', () => {
    const [image = input(), scale = input(), shift = input()] = inputs([null, 5, null, 3], [3], [3])
    const { output, mean, variance } = batchNormalisation(image, { scale, shift }, { epsilon: 1e-3 })
    expect([output.shape, mean.shape]).toEqual([[null, 5, null, 3], [3]])
    expect([variance('biased').shape, variance('unbiased').shape]).toEqual([[3], [3]])
  })

  it('of local response normalisation', () => {
    const options = { depthRadius: 2, bias: 1, alpha: 1, beta: 1, alphaOf: 'mean' } as const
    expect(localResponseNormalisation(input(null, 5, null, 3), options).shape).toEqual([null, 5, null, 3])
  })

  it('of broadcasting', () => {
    const [matrix = input(), row = input(), column = input()] = inputs([null, 5], [5], [3, 1])
    expect(add(matrix, row).shape).toEqual([null, 5])
    expect(multiply(matrix, column).shape).toEqual([3, 5])
    expect(divide(scalar(matrix.graph, 1), matrix).shape).toEqual([null, 5])
    expect(add(column, scalar(column.graph, 1)).shape).toEqual([3, 1])
    expect(add(scalar(column.graph, 1), column).shape).toEqual([3, 1])
  })

  it('of comparisons and choices, with their types', () => {
    const [matrix = input(), row = input(), column = input()] = inputs([null, 5], [5], [3, 1])
    const condition = greater(column, scalar(column.graph, 0))
    expect(condition).toMatchObject({ shape: [3, 1], dataType: 'bool' })
    expect(select(condition, row, scalar(row.graph, 0))).toMatchObject({
      shape: [3, 5],
      dataType: 'float32',
    })
    expect(select(condition, matrix, row).shape).toEqual([3, 5])
    expect(maximum(matrix, row, 'first').shape).toEqual([null, 5])
  })

  it('of what rearranges', () => {
    expect(reshape(input(2, 3, 4), [null, 4]).shape).toEqual([6, 4])
    expect(reshape(input(2, null, 4), [null, 4]).shape).toEqual([null, 4])
    expect(
      pad(input(2, null), [
        [1, 2],
        [0, 3],
      ]).shape,
    ).toEqual([5, null])
    expect(
      crop(input(5, null), [
        [1, 2],
        [0, 3],
      ]).shape,
    ).toEqual([2, null])
    expect(sum(input(2, null, 4), [1]).shape).toEqual([2, 4])
    expect(sum(input(2, null, 4), [1], true).shape).toEqual([2, 1, 4])
    expect(mean(input(2, null, 4), [0, 2], true).shape).toEqual([1, null, 1])
  })

  it('of what joins and chooses', () => {
    const [a = input(), b = input()] = inputs([null, 3, 4], [5, null, 2])
    expect(concatenate([a, b], 2).shape).toEqual([5, 3, 6])
    expect(concatenate([a], 2)).toBe(a)
    expect(argMax(a, 1)).toMatchObject({ shape: [null, 4], dataType: 'int32' })
    expect(gather(b, argMax(a, 2))).toMatchObject({ shape: [null, 3, null, 2], dataType: 'float32' })
    expect(oneHot(argMax(a, 2), 4)).toMatchObject({ shape: [null, 3, 4], dataType: 'float32' })
  })

  it('of bytes and random numbers, with their types', () => {
    const [model = input(), seed = input()] = inputs([null, 3], [2])
    expect(bytesOf(cast(model, 'int32'))).toMatchObject({ shape: [null, 3, 4], dataType: 'uint8' })
    expect(randomUniformLike(cast(model, 'float64'), cast(seed, 'int32'), 'draw')).toMatchObject({
      name: 'draw',
      shape: [null, 3],
      dataType: 'float32',
    })
  })

  it('of softmax and of one loss for each row', () => {
    const [logits = input(), labels = input()] = inputs([null, 3], [2, 3])
    expect(softmax(logits).shape).toEqual([null, 3])
    expect(softmaxCrossEntropy(logits, labels).shape).toEqual([null])
  })

  it('become constants where they are known', () => {
    expect(shapeTensor(input(2, 3)).kind).toBe('constant')
    expect(shapeTensor(input(2, null)).kind).toBe('shapeOf')
    expect(elementCount(input(2, 3), 'float32').kind).toBe('constant')
  })
})

describe('builders refuse', () => {
  it.each<[string, RegExp, () => Node]>([
    ['a filter for other channels', /should be/, () => conv2d(...pair([1, 4, 4, 3], [3, 3, 4, 1]))],
    ['a filter for all channels', /should be \[3, 3, 2, 2\]/, () => grouped(4, 2, 2)],
    ['groups of unequal size', /3 channels .* 2 groups/, () => grouped(3, 2, 2)],
    ['groups of unequal results', /3 channels .* 2 groups/, () => grouped(8, 3, 2)],
    ['no group', /groups of 0/, () => grouped(4, 2, 0)],
    [
      'a normalisation of other channels',
      /should be \[3\]/,
      () => {
        const [image, scale] = pair([1, 4, 4, 3], [4])
        return batchNormalisation(image, { scale, shift: scale }, { epsilon: 1e-3 }).output
      },
    ],
    [
      'a normalisation in half the digits',
      /is bfloat16/,
      () => {
        const [image, scale] = pair([1, 4, 4, 3], [3]).map((node) => cast(node, 'bfloat16')) as [Node, Node]
        return batchNormalisation(image, { scale, shift: scale }, { epsilon: 1e-3 }).output
      },
    ],
    ['a part of a neighbour', /radius of 0.5/, () => localResponse({ depthRadius: 0.5 })],
    ['a normalisation by nothing', /are 0, 1, 1/, () => localResponse({ bias: 0 })],
    ['a bias of another length', /should be/, () => biasAdd(...pair([1, 4, 3], [4]))],
    ['matrices that do not fit', /do not fit/, () => matMul(...pair([2, 3], [2, 3]))],
    ['shapes that do not fit', /do not fit/, () => add(...pair([2, 3], [2]))],
    ['an image of rank 3', /rank 4/, () => maxPool(input(4, 4, 3))],
    ['a reshape that loses elements', /does not fit/, () => reshape(input(2, 3), [4])],
    ['a reshape with two open sizes', /more than one/, () => reshape(input(2, 3), [null, null])],
    ['a reshape to sizes below nothing', /shape/, () => reshape(input(2, 3), [-2, -3])],
    ['a crop of more than there is', /smaller than its margins/, () => crop(input(2), [[1, 2]])],
    ['a half of an entry', /margin of 0.5 and 0/, () => pad(input(2), [[0.5, 0]])],
    ['a crop of all there is', /shape \[0\]/, () => crop(input(3), [[1, 2]])],
    ['an axis that is not there', /no axis 1/, () => sum(input(2), [1])],
    ['two data types', /is float64/, () => add(...pairOf('float32', 'float64'))],
    ['a comparison of two data types', /is int32/, () => equal(...pairOf('float32', 'int32'))],
    ['an order among truth values', /is bool/, () => greater(...pairOf('bool', 'bool'))],
    ['a sum of bytes', /is uint8/, () => add(...pairOf('uint8', 'uint8'))],
    ['a sum of truth values', /is bool/, () => sum(cast(input(2), 'bool'))],
    ['an exponential of integers', /is int32/, () => exponential(cast(input(2), 'int32'))],
    ['a sigmoid of bytes', /is uint8/, () => sigmoid(cast(input(2), 'uint8'))],
    [
      'a condition that is a number',
      /condition input is float32/,
      () => {
        const a = input(2)
        return select(a, a, a)
      },
    ],
    ['a maximum of shapes that do not fit', /do not fit/, () => maximum(...pair([2, 3], [2]), 'first')],
    ['the bytes of what is no integer', /is float32/, () => bytesOf(input(2))],
    ['a seed of one number', /should be \[2\]/, () => randomUniformLike(...pair([2, 3], [1]), 'draw')],
    ['a seed that is no integer', /is float32/, () => randomNormalLike(...pair([2, 3], [2]), 'draw')],
    [
      'random numbers under a name that is taken',
      /the name scope\/draw is taken/,
      () => {
        const [model, seed] = pair([2, 3], [2])
        const draw = () => randomUniformLike(model, cast(seed, 'int32'), 'draw')
        return model.graph.scope('scope', () => [draw(), draw()][1] ?? model)
      },
    ],
    ['a joining of nothing', /nothing to join/, () => concatenate([], 0)],
    ['a joining along an axis that is not there', /no axis 2/, () => concatenate(pair([2, 3], [2, 3]), 2)],
    ['a joining of shapes that do not fit', /should be/, () => concatenate(pair([2, 3], [3, 4]), 1)],
    ['a joining of ranks', /should be/, () => concatenate(pair([2, 3], [2]), 0)],
    ['a joining of data types', /is int32/, () => concatenate(pairOf('float32', 'int32'), 0)],
    ['a joining of unknown sizes', /axis 0 is unknown/, () => concatenate(pair([2, 3], [null, 3]), 0)],
    ['indices that are no integers', /indices input1 are float32/, () => gather(...pair([2, 3], [2]))],
    [
      'a scalar for indices',
      /a scalar/,
      () => {
        const [table, index] = pair([2, 3], [])
        return gather(table, cast(index, 'int32'))
      },
    ],
    ['rows of a scalar', /no rows/, () => gather(...pair([], [2]))],
    ['the largest truth value', /is bool/, () => argMax(cast(input(2), 'bool'), 0)],
    ['the largest along no axis', /no axis -1/, () => argMax(input(2), -1)],
    ['a row of nothing', /depth of 0/, () => oneHot(cast(input(2), 'int32'), 0)],
    ['the softmax of a scalar', /no axis/, () => softmax(input())],
    ['the softmax of integers', /is int32/, () => softmax(cast(input(2), 'int32'))],
    ['labels of other classes', /should be/, () => softmaxCrossEntropy(...pair([2, 3], [2, 4]))],
    ['one label for all rows', /should be/, () => softmaxCrossEntropy(...pair([2, 3], [3]))],
    [
      'a loss of integers',
      /is int32/,
      () => {
        const [logits, labels] = pair([2, 3], [2, 3])
        return softmaxCrossEntropy(cast(logits, 'int32'), cast(labels, 'int32'))
      },
    ],
    ['a quotient of integers', /no exact quotient/, () => divide(...pairOf('int32', 'int32'))],
    [
      'values that do not fill a constant',
      /do not fill/,
      () => constant(new Graph(), new Float32Array(3), [2]),
    ],
    [
      'a constant of sizes below nothing',
      /shape \[-2, -3\]/,
      () => constant(new Graph(), new Float32Array(6), [-2, -3]),
    ],
    ['a placeholder of nothing', /shape \[3, 0\]/, () => input(3, 0)],
    ['a placeholder of a size below nothing', /shape \[-2\]/, () => input(-2)],
    ['a part of an element', /shape \[1.5\]/, () => input(1.5)],
    [
      'a filter larger than its image',
      /shape \[1, 2, 0, 1\]/,
      () => conv2d(...pair([1, 4, 3, 2], [3, 4, 2, 1]), { padding: 'valid' }),
    ],
    ['a window larger than its image', /shape \[1, \?, 0, 3\]/, () => averagePool(input(1, null, 1, 3))],
    [
      'margins below nothing',
      /margin of 0 and -1/,
      () => {
        const padding = [
          [1, 1],
          [0, -1],
        ] as const
        return conv2d(...pair([1, 4, 3, 2], [3, 3, 2, 1]), { padding })
      },
    ],
    [
      'windows in a margin',
      /margin of 1 and 1 holds a window of 1 x 3/,
      () => maxPool(input(1, 4, 4, 3), { window: [1, 3], padding: ONE_AROUND }),
    ],
    [
      'strides of nothing',
      /strides of 1 x 0/,
      () => conv2d(...pair([1, null, null, 2], [3, 3, 2, 1]), { strides: [1, 0] }),
    ],
    ['strides backwards', /strides of -2 x 2/, () => maxPool(input(1, null, null, 3), { strides: [-2, 2] })],
    [
      'a window of nothing',
      /window of 0 x 2/,
      () => maxPool(input(1, null, null, 3), { window: [0, 2], padding: 'same' }),
    ],
  ])('%s', (_, reason, build) => {
    expect(build).toThrow('graph-invalid')
    expect(build).toThrow(reason)
  })
})

/** Two nodes of one graph. */
function pair(first: (number | null)[], second: (number | null)[]) {
  const [a = input(), b = input()] = inputs(first, second)
  return [a, b] as const
}

function grouped(channels: number, outputs: number, groups: number) {
  return conv2d(...pair([1, 4, 4, channels], [3, 3, 4, outputs]), { groups })
}

function localResponse(options: Partial<LocalResponseOptions>) {
  const all = { depthRadius: 1, bias: 1, alpha: 1, beta: 1, alphaOf: 'sum', ...options } as const
  return localResponseNormalisation(input(1, 2, 2, 3), all)
}

function pairOf(first: DataType, second: DataType) {
  const [a, b] = pair([2], [2])
  return [cast(a, first), cast(b, second)] as const
}
