/**
 * @file Runs a graph as one compiled TensorFlow session.
 *
 * [Note: The graph route] tfjs runs operation by operation and leaves much of a processor unused. Its binding can also
 * load a SavedModel, and nothing says that Python must have written it: we write the graph ourselves, and TensorFlow
 * then optimises it as a whole (fused convolutions, oneDNN's layouts). There is one signature, because each signature
 * costs its own copy of the constants.
 */
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'
import { ancestors } from '../../graph/graph'
import type { Node } from '../../graph/node'
import {
  checkFeed,
  checkGraphFunction,
  type Executor,
  type GraphFunction,
  type InputDescription,
  type TensorValue,
} from '../executor'
import { mapValues, pick } from '../records'
import { readTensor, toTensor } from '../tensor-transfer'
import { tf } from '../tensorflow'
import { lowerToGraphDef, type Device } from './graph-def'
import {
  dataTypeNumber,
  encodeSavedModel,
  SAVED_MODEL_TAG,
  shapeProto,
  SIGNATURE_NAME,
  type NodeDef,
  type TensorInfo,
} from './saved-model'
import { withSessionFolder } from './session-folder'

type LoadedModel = Awaited<ReturnType<typeof tf.node.loadSavedModel>>

interface SessionOptions {
  /** Runs there or fails; by default TensorFlow takes a GPU if it has one. */
  readonly device?: Device
}

/**
 * Loads a graph function into TensorFlow. A run computes all outputs; it blocks the process and cannot be cancelled.
 * @throws ImpastoError graph-invalid if a border's type is neither float32 nor int32, or an input is no placeholder;
 *   session-failed if TensorFlow cannot load it; disk-full if the temporary folder cannot take it.
 */
export async function openSession<Input extends string, Output extends string>(
  graphFunction: GraphFunction<Input, Output>,
  options: SessionOptions = {},
): Promise<Executor<Input, Output>> {
  checkGraphFunction(graphFunction)
  const model = await withSessionFolder(savedModelOf(graphFunction, options), async (folder) => {
    try {
      return await tf.node.loadSavedModel(folder, [SAVED_MODEL_TAG], SIGNATURE_NAME)
    } catch (error) {
      throw sessionFailed(error)
    }
  })
  return new Session(graphFunction, model)
}

function savedModelOf({ inputs, outputs }: GraphFunction, { device }: SessionOptions): Uint8Array {
  const border: NodeDef[] = Object.entries(outputs).map(([name, node]) => ({
    name: outputName(name),
    op: 'Identity',
    input: [node.name],
    attr: { T: { type: dataTypeNumber(node.dataType) } },
  }))
  const nodes = ancestors([...Object.values(inputs), ...Object.values(outputs)])
  return encodeSavedModel([...lowerToGraphDef(nodes, device), ...border], {
    inputs: mapValues(inputs, (node) => tensorInfo(node.name, node)),
    outputs: mapValues(outputs, (node, name) => tensorInfo(outputName(name), node)),
  })
}

/** Every output has a name of its own, so that one node can be two outputs, or an input an output. */
const outputName = (name: string): string => `output.${name}`

function tensorInfo(name: string, { dataType, shape }: Node): TensorInfo {
  return { name: `${name}:0`, dtype: dataTypeNumber(dataType), tensorShape: shapeProto(shape) }
}

class Session<Input extends string, Output extends string> implements Executor<Input, Output> {
  readonly #inputs: Readonly<Record<Input, InputDescription>>
  readonly #model: LoadedModel

  constructor({ inputs }: GraphFunction<Input, Output>, model: LoadedModel) {
    this.#inputs = mapValues(inputs, ({ kind, shape, dataType }) => ({ kind, shape, dataType }))
    this.#model = model
  }

  run<Read extends Output = Output>(
    feeds: Readonly<Record<Input, TensorValue>>,
    read?: readonly Read[],
  ): Readonly<Record<Read, TensorValue>> {
    const checked = mapValues(this.#inputs, (input, name) => checkFeed(name, input, feeds[name]))
    const tensors = mapValues(checked, toTensor)
    try {
      return readAndDispose(this.#predict(tensors), read)
    } finally {
      tf.dispose(tensors)
    }
  }

  #predict(tensors: Readonly<Record<string, tf.Tensor>>): Readonly<Record<string, tf.Tensor>> {
    try {
      return this.#model.predict(tensors) as Record<string, tf.Tensor>
    } catch (error) {
      throw sessionFailed(error)
    }
  }

  dispose(): void {
    this.#model.dispose()
  }
}

function sessionFailed(cause: unknown): ImpastoError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ImpastoError('session-failed', { reason }, { cause })
}

function readAndDispose<Read extends string>(
  tensors: Readonly<Record<string, tf.Tensor>>,
  read?: readonly Read[],
): Record<Read, TensorValue> {
  try {
    return mapValues(pick(tensors, read), readTensor)
  } finally {
    tf.dispose(tensors)
  }
}
