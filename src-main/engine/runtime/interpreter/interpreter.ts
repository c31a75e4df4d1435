/**
 * @file Runs a graph operation by operation on the active tfjs backend: slower than a session, and independent of it,
 * so that each checks the other.
 */
import type { Node } from '../../graph/node'
import { ancestors } from '../../graph/graph'
import {
  checkFeed,
  checkGraphFunction,
  type Executor,
  type GraphFunction,
  type TensorValue,
} from '../executor'
import { mapValues, pick } from '../records'
import { readTensor, toTensor } from '../tensor-transfer'
import { tf } from '../tensorflow'
import { compute } from './operations'

/**
 * Uploads the constants of a graph function.
 * @throws ImpastoError graph-invalid if a border's type is neither float32 nor int32, or an input is no placeholder.
 */
export function openInterpreter<Input extends string, Output extends string>(
  graphFunction: GraphFunction<Input, Output>,
): Executor<Input, Output> {
  checkGraphFunction(graphFunction)
  return new Interpreter(graphFunction)
}

class Interpreter<Input extends string, Output extends string> implements Executor<Input, Output> {
  readonly #graphFunction: GraphFunction<Input, Output>
  /** What a run has to compute, each after its inputs. */
  readonly #computed: readonly Node[]
  readonly #constants = new Map<Node, tf.Tensor>()

  constructor(graphFunction: GraphFunction<Input, Output>) {
    this.#graphFunction = graphFunction
    const nodes = ancestors(Object.values<Node>(graphFunction.outputs))
    this.#computed = nodes.filter(({ kind }) => kind !== 'constant' && kind !== 'placeholder')
    for (const node of nodes.filter(({ kind }) => kind === 'constant')) {
      this.#constants.set(node, compute(node, never))
    }
  }

  run<Read extends Output = Output>(
    feeds: Readonly<Record<Input, TensorValue>>,
    read?: readonly Read[],
  ): Readonly<Record<Read, TensorValue>> {
    const { inputs, outputs } = this.#graphFunction
    const checked = mapValues(inputs, (input, name) => checkFeed(name, input, feeds[name]))
    tf.engine().startScope()
    try {
      const values = new Map(this.#constants)
      for (const [name, feed] of Object.entries<TensorValue>(checked)) {
        values.set(inputs[name as Input], toTensor(feed))
      }
      const valueOf = (node: Node): tf.Tensor => values.get(node) ?? never(node)
      for (const node of this.#computed) values.set(node, compute(node, valueOf))
      return mapValues(pick<Read, Node>(outputs, read), (node) => readTensor(valueOf(node)))
    } finally {
      tf.engine().endScope()
    }
  }

  dispose(): void {
    tf.dispose([...this.#constants.values()])
    this.#constants.clear()
  }
}

function never(node: Node): never {
  throw new Error(`${node.name} was asked for before it was computed`)
}
