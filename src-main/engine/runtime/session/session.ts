/**
 * @file Runs a program as one compiled TensorFlow session.
 *
 * [Note: The graph route] tfjs runs operation by operation and leaves much of a processor unused. Its binding can also
 * load a SavedModel, and nothing says that Python must have written it: we write the graph ourselves, and TensorFlow
 * then optimises it as a whole (fused convolutions, oneDNN's layouts). All functions of a program live in one session
 * and share its variables. TensorFlow compiles each set of fetches by itself, with its own copy of the constants: so a
 * function is to be called with few different sets of outputs to read.
 */
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'
import {
  checkBorder,
  checkFeed,
  checkProgram,
  type Callable,
  type Executor,
  type GraphFunction,
  type InputDescription,
  type Program,
  type TensorValue,
} from '../executor'
import { mapValues } from '../records'
import { readTensor, toTensor } from '../tensor-transfer'
import { tensorflowBackend, tf } from '../tensorflow'
import {
  lowerProgram,
  newValueName,
  outputName,
  updatedName,
  variablesOf,
  writtenName,
  type Device,
} from './program-def'
import { encodeSavedModel, SAVED_MODEL_TAG } from './saved-model'
import { withSessionFolder } from './session-folder'

interface SessionOptions {
  /** Runs there or fails; by default TensorFlow takes a GPU if it has one. */
  readonly device?: Device
}

/** What is fed under a node's name. */
type NamedFeed = readonly [node: string, value: TensorValue]

/**
 * Loads a program into TensorFlow. A call blocks the process and cannot be cancelled.
 * @throws ImpastoError graph-invalid if the program is none (see `checkProgram`); session-failed if TensorFlow cannot
 *   load it; disk-full if the temporary folder cannot take it.
 */
export async function openSession<Called extends Program>(
  program: Called,
  { device }: SessionOptions = {},
): Promise<Executor<Called>> {
  checkProgram(program)
  const id = await withSessionFolder(encodeSavedModel(lowerProgram(program, device)), (folder) =>
    Promise.resolve(attempt(() => tensorflowBackend().loadSavedModelMetaGraph(folder, SAVED_MODEL_TAG))),
  )
  return new Session(program, id)
}

class Session<Called extends Program> implements Executor<Called> {
  readonly functions: { readonly [Name in keyof Called]: Callable<Called[Name]> }
  /** Null once it is disposed. */
  #id: number | null
  readonly #variables: ReadonlyMap<string, InputDescription>

  constructor(program: Called, id: number) {
    this.#id = id
    this.#variables = new Map(variablesOf(program).map((variable) => [variable.name, describe(variable)]))
    this.functions = mapValues(program, (called, name) =>
      this.#callable(name, called),
    ) as typeof this.functions
  }

  #callable(called: string, { inputs, outputs, updates = [] }: GraphFunction): Callable<GraphFunction> {
    const described = mapValues(inputs, (input) => ({ name: input.name, ...describe(input) }))
    const done = updates.length === 0 ? [] : [updatedName(called)]
    return <Read extends string>(feeds: Readonly<Record<string, TensorValue>>, read?: readonly Read[]) => {
      const wanted: readonly string[] = read ?? Object.keys(outputs)
      const fed = Object.entries(described).map(([name, input]): NamedFeed => [
        input.name,
        checkFeed(name, input, feeds[name]),
      ])
      const fetches = wanted.map((output) => outputName(called, output))
      return named(wanted, this.#run(fed, [...fetches, ...done])) as Record<Read, TensorValue>
    }
  }

  readVariables<Name extends string>(names: readonly Name[]): Readonly<Record<Name, TensorValue>> {
    for (const name of names) checkBorder(name, this.#variable(name))
    return named(names, this.#run([], names))
  }

  writeVariables(values: Readonly<Record<string, TensorValue>>): void {
    const fed = Object.entries(values).map(([name, value]): NamedFeed => {
      const variable = this.#variable(name)
      checkBorder(name, variable)
      return [newValueName(name), checkFeed(name, variable, value)]
    })
    this.#run(fed, Object.keys(values).map(writtenName))
  }

  #variable(name: string): InputDescription {
    const variable = this.#variables.get(name)
    if (variable !== undefined) return variable
    throw new ImpastoError('graph-invalid', { operation: 'variable', reason: `there is none named ${name}` })
  }

  /** Copies of what the nodes of `fetches` compute, in their order. */
  #run(feeds: readonly NamedFeed[], fetches: readonly string[]): readonly TensorValue[] {
    const id = this.#id
    if (id === null) throw new ImpastoError('session-failed', { reason: 'the session is disposed' })
    if (fetches.length === 0) return []
    const fed = feeds.map(([, value]) => toTensor(value))
    const infos = feeds.map(([node], position) => ({
      name: `${node}:0`,
      dtype: fed[position]?.dtype ?? 'float32',
    }))
    const names = fetches.map((name) => `${name}:0`)
    let fetched: readonly tf.Tensor[] = []
    try {
      fetched = attempt(() => tensorflowBackend().runSavedModel(id, fed, infos, names))
      return fetched.map(readTensor)
    } finally {
      tf.dispose([...fed, ...fetched])
    }
  }

  dispose(): void {
    if (this.#id !== null) tensorflowBackend().deleteSavedModel(this.#id)
    this.#id = null
  }
}

/** A node without its graph, whose constants an open session need not keep alive. */
function describe({ kind, shape, dataType }: InputDescription): InputDescription {
  return { kind, shape, dataType }
}

function named<Name extends string>(
  names: readonly Name[],
  values: readonly TensorValue[],
): Record<Name, TensorValue> {
  return Object.fromEntries(names.map((name, position) => [name, values[position]])) as Record<
    Name,
    TensorValue
  >
}

/** @throws ImpastoError session-failed in place of what TensorFlow throws */
function attempt<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ImpastoError('session-failed', { reason }, { cause })
  }
}
