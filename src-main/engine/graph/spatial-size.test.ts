import { describe, expect, it } from 'vitest'
import { Graph } from './graph'
import type { Node } from './node'
import { relu } from './operations/activation'
import { conv2d } from './operations/convolution'
import { averagePool, maxPool } from './operations/pooling'
import { placeholder } from './operations/source'
import { spatialSizeOf } from './spatial-size'

/** Five windows one after the other, padded and not, of different steps along both axes. */
function chain(height: number | null, width: number | null): Node {
  const graph = new Graph()
  const filter = placeholder(graph, 'filter', [3, 5, 2, 2])
  const image = placeholder(graph, 'image', [1, height, width, 2])
  const first = relu(conv2d(image, filter, { strides: [2, 1], padding: 'valid' }))
  const pooled = maxPool(conv2d(first, filter, { strides: [1, 3] }))
  return averagePool(conv2d(pooled, filter), { window: [3, 2], strides: [2, 2], padding: 'same' })
}

describe('the size of a node for an image', () => {
  it.each([
    [64, 90],
    [65, 91],
    [131, 33],
  ] as const)('of %d x %d is the one that it has in a graph of that size', (height, width) => {
    expect([1, ...spatialSizeOf(chain(null, null))([height, width]), 2]).toEqual(chain(height, width).shape)
  })

  it('cannot be told where a filter is of any size', () => {
    const graph = new Graph()
    const filter = placeholder(graph, 'filter', [null, 3, 2, 2])
    const image = placeholder(graph, 'image', [1, null, null, 2])
    expect(() => spatialSizeOf(conv2d(image, filter))).toThrow('the size of filter is not known')
  })
})
