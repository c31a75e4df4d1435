import { describe, expect, it } from 'vitest'
import { Graph } from '../graph/graph'
import type { Node } from '../graph/node'
import { placeholder } from '../graph/operations/source'
import { openSession } from '../runtime/session/session'
import { gramMatrix, meanSquaredError, totalVariation, weightedSum } from './losses'

const scalarOf = (graph: Graph, name: string): Node => placeholder(graph, name, [])

describe('losses', () => {
  it('Gram matrices are means of products over positions', async () => {
    const features = placeholder(new Graph(), 'features', [1, null, null, 2])
    const session = await openSession({
      run: { inputs: { features }, outputs: { gram: gramMatrix(features) } },
    })
    const values = Float32Array.of(1, 2, 3, 4, 5, 6)
    const { gram } = session.functions.run({ features: { shape: [1, 3, 1, 2], values } })
    session.dispose()
    const expected = [35 / 3, 44 / 3, 44 / 3, 56 / 3]
    expect(gram.shape).toEqual([2, 2])
    gram.values.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? NaN, 5)
    })
  })

  it('total variation is the mean squared step across plus that down', async () => {
    const image = placeholder(new Graph(), 'image', [1, null, null, 3])
    const session = await openSession({
      run: { inputs: { image }, outputs: { variation: totalVariation(image) } },
    })
    const ramp = (height: number, width: number, down: number, across: number): number => {
      const values = Float32Array.from({ length: height * width * 3 }, (_, index) => {
        const pixel = Math.floor(index / 3)
        return down * Math.floor(pixel / width) + across * (pixel % width)
      })
      return (
        session.functions.run({ image: { shape: [1, height, width, 3], values } }).variation.values[0] ?? NaN
      )
    }
    const found = [ramp(4, 6, 0, 0), ramp(4, 6, 3, 0), ramp(5, 3, 0, 2), ramp(50, 30, 3, 2)]
    session.dispose()
    expect(found).toEqual([0, 9, 4, 13])
  })

  it('mean squared error and weighted sum', async () => {
    const graph = new Graph()
    const a = placeholder(graph, 'a', [null])
    const b = placeholder(graph, 'b', [null])
    const weight = scalarOf(graph, 'weight')
    const error = meanSquaredError(a, b)
    const session = await openSession({
      run: {
        inputs: { a, b, weight },
        outputs: {
          total: weightedSum([
            [weight, error],
            [error, error],
          ]),
        },
      },
    })
    const { total } = session.functions.run({
      a: { shape: [2], values: Float32Array.of(1, 5) },
      b: { shape: [2], values: Float32Array.of(1, 1) },
      weight: { shape: [], values: Float32Array.of(3) },
    })
    session.dispose()
    expect(total.values[0]).toBe(3 * 8 + 8 * 8)
  })
})
