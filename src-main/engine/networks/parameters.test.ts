/** @file A convolution that is normalised: its parameters, what it keeps of the batches, and how both are counted. */
import { describe, expect, it } from 'vitest'
import { layerCosts, parameterCounts } from '../graph/costs'
import { Graph } from '../graph/graph'
import { batchNormalisation, followBatch } from '../graph/operations/batch-normalisation'
import { conv2d } from '../graph/operations/convolution'
import { placeholder } from '../graph/operations/source'
import type { TensorValue } from '../runtime/executor'
import { openInterpreter } from '../runtime/interpreter/interpreter'
import { openSession } from '../runtime/session/session'
import type { TrainedWeights } from '../weights/trained-weights'
import { frozenParameters, trainableParameters, type Parameters } from './parameters'

function normalisedConvolution(graph: Graph, parameters: Parameters) {
  const image = placeholder(graph, 'image', [1, 2, 2, 1])
  return graph.scope('conv1', () => {
    const convolved = conv2d(image, parameters.tensor(graph, 'kernel', [1, 1, 1, 2], 'kernel'))
    const scale = parameters.tensor(graph, 'scale', [2], 'scale')
    const shift = parameters.tensor(graph, 'shift', [2], 'shift')
    const mean = parameters.statistic(graph, 'mean', [2], 0)
    const variance = parameters.statistic(graph, 'variance', [2], 1)
    const batch = batchNormalisation(convolved, { scale, shift }, { epsilon: 1e-5 })
    const old = { mean: mean.value, variance: variance.value }
    const next = followBatch(old, batch, { momentum: 0.1, momentumOf: 'batch', variance: 'unbiased' })
    return { image, output: batch.output, mean, variance, next }
  })
}

const vector = (...values: number[]): TensorValue => ({
  shape: [values.length],
  values: Float32Array.from(values),
})

describe('trainable parameters', () => {
  it('are listed with their roles, and statistics with their starts', () => {
    const parameters = trainableParameters()
    normalisedConvolution(new Graph(), parameters)
    const roles = parameters.list.map(({ variable, role }) => [variable.name, role])
    expect(roles).toEqual([
      ['conv1/kernel', 'kernel'],
      ['conv1/scale', 'scale'],
      ['conv1/shift', 'shift'],
    ])
    const starts = parameters.statistics.map(({ variable, start }) => [variable.name, start])
    expect(starts).toEqual([
      ['conv1/mean', 0],
      ['conv1/variance', 1],
    ])
  })

  it('are counted without the statistics, in sum and layer by layer', () => {
    const graph = new Graph()
    const parameters = trainableParameters()
    const { output } = normalisedConvolution(graph, parameters)
    const trainable = new Set(parameters.list.map(({ variable }) => variable))
    expect(parameterCounts(graph, trainable)).toEqual({ trainable: 6, total: 10 })
    const [layer] = layerCosts(output, trainable)
    expect(layer).toMatchObject({ kind: 'convolution', parameters: 6, formula: '1 × 1 × 1 × 2 + 2 + 2' })
  })

  it('keep statistics from call to call', async () => {
    const { image, output, mean, variance, next } = normalisedConvolution(new Graph(), trainableParameters())
    const updates = [mean.become(next.mean), variance.become(next.variance)]
    const program = { step: { inputs: { image }, outputs: { output }, updates } }
    for (const executor of [await openSession(program), openInterpreter(program)]) {
      executor.writeVariables({
        'conv1/kernel': { shape: [1, 1, 1, 2], values: Float32Array.of(1, -2) },
        'conv1/scale': vector(1, 1),
        'conv1/shift': vector(0, 0),
        'conv1/mean': vector(0, 0),
        'conv1/variance': vector(1, 1),
      })
      // Mean 3 and unbiased variance 14 / 3, of which a tenth goes in, twice.
      const pixels = { shape: [1, 2, 2, 1], values: Float32Array.of(1, 2, 3, 6) }
      executor.functions.step({ image: pixels })
      executor.functions.step({ image: pixels })
      const kept = executor.readVariables(['conv1/mean', 'conv1/variance'])
      executor.dispose()
      const [means, variances] = [kept['conv1/mean'].values, kept['conv1/variance'].values]
      expect(means[0]).toBeCloseTo(0.19 * 3, 6)
      expect(means[1]).toBeCloseTo(0.19 * -6, 6)
      expect(variances[0]).toBeCloseTo(0.81 + (0.19 * 14) / 3, 5)
      expect(variances[1]).toBeCloseTo(0.81 + (0.19 * 56) / 3, 5)
    }
  })
})

it('frozen statistics are constants, and stay', () => {
  const graph = new Graph()
  const trained: TrainedWeights = {
    mean: [0, 0, 0],
    tensor: () => ({ shape: [2], values: Float32Array.of(1, 2) }),
  }
  const statistic = frozenParameters(trained).statistic(graph, 'mean', [2], 0)
  expect(statistic.value.kind).toBe('constant')
  expect(() => statistic.become(statistic.value)).toThrow('mean is frozen')
})
