import { describe, expect, test } from 'vitest'
import { ancestors, Graph } from './graph'
import { relu } from './operations/activation'
import { add, divide, multiply } from './operations/arithmetic'
import { biasAdd, conv2d } from './operations/convolution'
import { matMul } from './operations/linear-algebra'
import { averagePool, maxPool } from './operations/pooling'
import { sum } from './operations/reduction'
import { constant, placeholder, scalar } from './operations/source'
import { cast } from './operations/cast'
import { crop, elementCount, pad, reshape, shapeTensor } from './operations/structure'

const input = (...shape: (number | null)[]) => placeholder(new Graph(), 'input', shape)
const inputs = (...shapes: (number | null)[][]) => {
  const graph = new Graph()
  return shapes.map((shape, index) => placeholder(graph, `input${index}`, shape))
}

describe('a graph', () => {
  test('gives every node a name of its own, in its scope', () => {
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

  test('leaves a scope even when building fails', () => {
    const graph = new Graph()
    expect(() => graph.scope('block', () => sum(placeholder(graph, 'image', [1]), [3]))).toThrow()
    expect(scalar(graph, 1).name).toBe('constant')
  })

  test('refuses an input from another graph', () => {
    expect(() => add(input(1), input(1))).toThrow('another graph')
  })

  test('lists what an output depends on, inputs first', () => {
    const a = input(2)
    const b = relu(a)
    relu(b)
    const c = add(a, b)
    expect(ancestors([c, b])).toEqual([a, b, c])
  })
})

describe('shapes', () => {
  test.each([
    { size: [5, 7], strides: [1, 1], padding: 'same', expected: [5, 7] },
    { size: [5, 7], strides: [2, 3], padding: 'same', expected: [3, 3] },
    { size: [5, 7], strides: [1, 1], padding: 'valid', expected: [3, 5] },
    { size: [5, 8], strides: [2, 2], padding: 'valid', expected: [2, 3] },
    { size: [null, 8], strides: [2, 2], padding: 'valid', expected: [null, 3] },
  ] as const)('of a 3 x 3 convolution of $size, strides $strides, $padding', (example) => {
    const [image = input(), filter = input()] = inputs([2, ...example.size, 4], [3, 3, 4, 6])
    const { shape } = conv2d(image, filter, { strides: example.strides, padding: example.padding })
    expect(shape).toEqual([2, ...example.expected, 6])
  })

  test('of pooling', () => {
    expect(maxPool(input(1, 5, null, 3)).shape).toEqual([1, 2, null, 3])
    expect(averagePool(input(1, 5, 6, 3), { padding: 'same' }).shape).toEqual([1, 3, 3, 3])
  })

  test('of broadcasting', () => {
    const [matrix = input(), row = input(), column = input()] = inputs([null, 5], [5], [3, 1])
    expect(add(matrix, row).shape).toEqual([null, 5])
    expect(multiply(matrix, column).shape).toEqual([3, 5])
    expect(divide(scalar(matrix.graph, 1), matrix).shape).toEqual([null, 5])
  })

  test('of what rearranges', () => {
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
  })

  test('become constants where they are known', () => {
    expect(shapeTensor(input(2, 3)).kind).toBe('constant')
    expect(shapeTensor(input(2, null)).kind).toBe('shapeOf')
    expect(elementCount(input(2, 3), 'float32').kind).toBe('constant')
  })
})

describe('builders refuse', () => {
  test.each([
    ['a filter for another number of channels', () => conv2d(...pair([1, 4, 4, 3], [3, 3, 4, 1]))],
    ['a bias of another length', () => biasAdd(...pair([1, 4, 3], [4]))],
    ['matrices that do not fit', () => matMul(...pair([2, 3], [2, 3]))],
    ['shapes that do not fit', () => add(...pair([2, 3], [2]))],
    ['an image of rank 3', () => maxPool(input(4, 4, 3))],
    ['a reshape that loses elements', () => reshape(input(2, 3), [4])],
    ['a reshape with two open sizes', () => reshape(input(2, 3), [null, null])],
    ['a crop of more than there is', () => crop(input(2), [[1, 2]])],
    ['an axis that is not there', () => sum(input(2), [1])],
    ['two data types', () => add(input(2), cast(input(2), 'float64'))],
    ['a quotient of integers', () => divide(cast(input(2), 'int32'), cast(input(2), 'int32'))],
    ['values that do not fill a constant', () => constant(new Graph(), new Float32Array(3), [2])],
  ])('%s', (_, build) => {
    expect(build).toThrow('graph-invalid')
  })
})

function pair(first: number[], second: number[]) {
  const [a = input(), b = input()] = inputs(first, second)
  return [a, b] as const
}
