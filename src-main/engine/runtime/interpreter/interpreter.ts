/**
 * @file Runs a program operation by operation on the active tfjs backend: slower than a session, and independent of
 * it, so that each checks the other.
 */
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'
import type { Node } from '../../graph/node'
import { ancestors } from '../../graph/graph'
import type { Variable } from '../../graph/operations/state'
import {
  checkBorder,
  checkFeed,
  checkProgram,
  nodesAtBorders,
  type Callable,
  type Executor,
  type GraphFunction,
  type Program,
  type TensorValue,
} from '../executor'
import { mapValues, pick } from '../records'
import { readTensor, toTensor } from '../tensor-transfer'
import { tf } from '../tensorflow'
import { compute, firstOf, type Computed } from './operations'

/**
 * Uploads the constants of a program.
 * @throws ImpastoError graph-invalid if the program is none (see `checkProgram`)
 */
export function openInterpreter<Called extends Program>(program: Called): Executor<Called> {
  checkProgram(program)
  return new Interpreter(program)
}

class Interpreter<Called extends Program> implements Executor<Called> {
  readonly functions: { readonly [Name in keyof Called]: Callable<Called[Name]> }
  readonly #constants = new Map<Node, tf.Tensor>()
  readonly #variables: ReadonlyMap<string, Variable>
  /** The variables that have a value. */
  readonly #values = new Map<Variable, tf.Tensor>()

  constructor(program: Called) {
    const nodes = ancestors(nodesAtBorders(program))
    for (const node of nodes.filter(({ kind }) => kind === 'constant')) {
      this.#constants.set(node, firstOf(node, compute(node, never)))
    }
    const variables = nodes.filter((node): node is Variable => node.kind === 'variable')
    this.#variables = new Map(variables.map((variable) => [variable.name, variable]))
    this.functions = mapValues(program, (called) => this.#callable(called)) as typeof this.functions
  }

  #callable({ inputs, outputs, updates = [] }: GraphFunction): Callable<GraphFunction> {
    return <Read extends string>(feeds: Readonly<Record<string, TensorValue>>, read?: readonly Read[]) => {
      const checked = mapValues(inputs, (input, name) => checkFeed(name, input, feeds[name]))
      const wanted = pick<Read, Node>(outputs, read)
      tf.engine().startScope()
      try {
        const values = new Map<Node, Computed>([...this.#constants, ...this.#values])
        for (const [name, node] of Object.entries(inputs))
          values.set(node, toTensor(checked[name] ?? never(node)))
        const valueOf = (node: Node): Computed => values.get(node) ?? never(node)
        for (const node of ancestors([
          ...Object.values<Node>(wanted),
          ...updates.map(({ value }) => value),
        ])) {
          if (!values.has(node))
            values.set(node, node.kind === 'variable' ? never(node) : compute(node, valueOf))
        }
        const results = mapValues(wanted, (node) => copyOf(firstOf(node, valueOf(node))))
        this.#keep(updates.map(({ variable, value }) => [variable, firstOf(value, valueOf(value))]))
        return results
      } finally {
        tf.engine().endScope()
      }
    }
  }

  readVariables<Name extends string>(names: readonly Name[]): Readonly<Record<Name, TensorValue>> {
    const read = names.map((name) => {
      const variable = this.#variable(name)
      checkBorder(name, variable)
      return [name, copyOf(this.#values.get(variable) ?? never(variable))]
    })
    return Object.fromEntries(read) as Record<Name, TensorValue>
  }

  writeVariables(values: Readonly<Record<string, TensorValue>>): void {
    const written = Object.entries(values).map(([name, value]) => {
      const variable = this.#variable(name)
      checkBorder(name, variable)
      return [variable, toTensor(checkFeed(name, variable, value))] as const
    })
    this.#keep(written)
    tf.dispose(written.map(([, tensor]) => tensor))
  }

  /** Keeps copies: a tensor may lie in the memory of an array that its owner uses again, or be another's old value. */
  #keep(tensors: readonly (readonly [Variable, tf.Tensor])[]): void {
    const copies = tensors.map(([variable, tensor]) => [variable, tf.keep(toTensor(copyOf(tensor)))] as const)
    for (const [variable, copy] of copies) {
      this.#values.get(variable)?.dispose()
      this.#values.set(variable, copy)
    }
  }

  #variable(name: string): Variable {
    const variable = this.#variables.get(name)
    if (variable !== undefined) return variable
    throw new ImpastoError('graph-invalid', { operation: 'variable', reason: `there is none named ${name}` })
  }

  dispose(): void {
    tf.dispose([...this.#constants.values(), ...this.#values.values()])
    this.#constants.clear()
    this.#values.clear()
  }
}

/** A tensor that was not computed yet gives the array that it was made from. */
function copyOf(tensor: tf.Tensor): TensorValue {
  const { shape, values } = readTensor(tensor)
  return { shape, values: values.slice() }
}

function never(node: Node): never {
  throw new ImpastoError('session-failed', { reason: `${node.name} has no value` })
}
