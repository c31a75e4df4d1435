/** @file The two executors beside each other, on every operation and its gradients. */
import { describe, expect, it } from 'vitest'
import { ancestors, Graph } from '../graph/graph'
import { gradientRules } from '../graph/gradient-rules'
import { gradients } from '../graph/backpropagation'
import { sum } from '../graph/operations/reduction'
import { multiply } from '../graph/operations/arithmetic'
import { bytesOf, cast } from '../graph/operations/cast'
import { softmaxCrossEntropy } from '../graph/operations/softmax'
import { placeholder } from '../graph/operations/source'
import { reshape } from '../graph/operations/structure'
import { relativeError } from '../graph/testing/relative-error'
import {
  inputsOf,
  operationCases,
  resultShape,
  separatedValues,
  type OperationCase,
} from '../graph/testing/operation-cases'
import type { GraphFunction, TensorValue } from './executor'
import { openInterpreter } from './interpreter/interpreter'
import { mapValues } from './records'
import { openSession } from './session/session'

/** Both compute in float32, in different orders. */
const TOLERANCE = 1e-5

function resultAndGradients(operationCase: OperationCase): GraphFunction {
  const inputs = inputsOf(operationCase)
  const used = inputs.slice(0, operationCase.shapes.length)
  const result = operationCase.build(...inputs)
  const weight = placeholder(result.graph, 'weight', resultShape(operationCase))
  const found = gradients(sum(multiply(result, weight)), used)
  return {
    inputs: Object.fromEntries([...used, weight].map((input) => [input.name, input])),
    outputs: {
      result,
      ...Object.fromEntries(found.map((gradient, position) => [`gradient${position}`, gradient])),
    },
  }
}

function feedsOf(operationCase: OperationCase): Record<string, TensorValue> {
  const feed = (shape: readonly number[], seed: number): TensorValue => {
    const count = shape.reduce((product, size) => product * size, 1)
    return { shape, values: separatedValues(count, seed, operationCase.positive) }
  }
  return {
    ...Object.fromEntries(operationCase.shapes.map((shape, index) => [`input${index}`, feed(shape, index)])),
    weight: feed(resultShape(operationCase), 9),
  }
}

describe('session and interpreter agree', () => {
  it.each(operationCases)('on $name', async (operationCase) => {
    const graphFunction = resultAndGradients(operationCase)
    const feeds = feedsOf(operationCase)
    const session = await openSession({ run: graphFunction })
    const interpreter = openInterpreter({ run: graphFunction })
    const expected = session.functions.run(feeds)
    const actual = interpreter.functions.run(feeds)
    session.dispose()
    interpreter.dispose()
    for (const [name, { shape, values }] of Object.entries(expected)) {
      expect(actual[name]?.shape).toEqual(shape)
      expect(relativeError(actual[name]?.values ?? [], values)).toBeLessThan(TOLERANCE)
    }
    expect(expected.result?.shape).toEqual(resultShape(operationCase))
  })

  it('on pictures that are fed as bytes, four in a number', async () => {
    const bytes = Uint8Array.from({ length: 2 * 3 * 4 }, (_, index) => (index * 37 + 11) % 256)
    const packed = placeholder(new Graph(), 'packed', [null, 3], 'int32')
    const pictures = cast(reshape(bytesOf(packed), [null, 2, 2, 3]), 'float32')
    const run: GraphFunction = { inputs: { packed }, outputs: { pictures } }
    const feeds = { packed: { shape: [2, 3], values: new Int32Array(bytes.buffer) } }
    const executors = [await openSession({ run }), openInterpreter({ run })]
    for (const executor of executors) {
      const { pictures: read } = executor.functions.run(feeds)
      executor.dispose()
      expect(read?.shape).toEqual([2, 2, 2, 3])
      expect([...(read?.values ?? [])]).toEqual([...bytes])
    }
  })

  it('on a loss of logits that no exponential holds', async () => {
    const graph = new Graph()
    const [logits, labels] = [placeholder(graph, 'logits', [2, 2]), placeholder(graph, 'labels', [2, 2])]
    const loss = softmaxCrossEntropy(logits, labels)
    const [gradient = loss] = gradients(sum(loss), [logits])
    const run: GraphFunction = { inputs: { logits, labels }, outputs: { loss, gradient } }
    const feeds = {
      logits: { shape: [2, 2], values: Float32Array.of(1000, 0, 1000, 0) },
      labels: { shape: [2, 2], values: Float32Array.of(1, 0, 0, 1) },
    }
    const executors = [await openSession({ run }), openInterpreter({ run })]
    for (const executor of executors) {
      const results = executor.functions.run(feeds)
      executor.dispose()
      expect(mapValues(results, ({ values }) => [...values])).toEqual({
        loss: [0, 1000],
        gradient: [0, 0, 1, -1],
      })
    }
  })

  it('on giving only the outputs that are asked for', async () => {
    const [operationCase] = operationCases
    if (operationCase === undefined) throw new Error('There are no operations')
    const graphFunction = resultAndGradients(operationCase)
    const feeds = feedsOf(operationCase)
    const session = await openSession({ run: graphFunction })
    const interpreter = openInterpreter({ run: graphFunction })
    const results = [
      session.functions.run(feeds, ['gradient0']),
      interpreter.functions.run(feeds, ['gradient0']),
    ]
    session.dispose()
    interpreter.dispose()
    for (const result of results) expect(Object.keys(result)).toEqual(['gradient0'])
  })

  it('on every kind of operation', () => {
    const covered = new Set(
      operationCases.flatMap((operationCase) => {
        const { inputs, outputs } = resultAndGradients(operationCase)
        return ancestors([...Object.values(inputs), ...Object.values(outputs)]).map(({ kind }) => kind)
      }),
    )
    // Variables stand in programs.test.ts.
    expect([...covered, 'variable'].sort()).toEqual(Object.keys(gradientRules).sort())
  })
})
