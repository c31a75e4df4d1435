/** @file Writes TensorFlow's SavedModel format: the types of its messages, and their encoding. */
import protobuf from 'protobufjs'
import type { ConstantValues, DataType } from '../../graph/node'
import type { Shape } from '../../graph/shape'
import definitions from './saved-model.proto?raw'

/** Attributes of a node; exactly one property is set. */
export type AttributeValue =
  | { readonly list: { readonly i: readonly number[] } }
  | { readonly s: Uint8Array }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly type: number }
  | { readonly shape: TensorShapeProto }
  | { readonly tensor: TensorProto }

export interface TensorShapeProto {
  readonly dim: readonly { readonly size: number }[]
}

export interface TensorProto {
  readonly dtype: number
  readonly tensorShape: TensorShapeProto
  readonly tensorContent: Uint8Array
}

/** One operation of a GraphDef; an input is named by the node that computes it. */
export interface NodeDef {
  readonly name: string
  readonly op: string
  readonly input: readonly string[]
  /** Where it has to run; TensorFlow chooses if there is none. */
  readonly device?: string
  readonly attr: Readonly<Record<string, AttributeValue>>
}

export const SAVED_MODEL_TAG = 'serve'

/** The version of the meaning of graphs that these are written for: TensorFlow 2.9's, which later ones honour. */
const GRAPH_VERSION = 1087

const savedModelType = protobuf.parse(definitions).root.lookupType('tensorflow.SavedModel')

/** The bytes of a `saved_model.pb` with one graph; whoever runs it names what is fed and fetched. */
export function encodeSavedModel(nodes: readonly NodeDef[]): Uint8Array {
  return savedModelType
    .encode({
      savedModelSchemaVersion: 1,
      metaGraphs: [
        {
          metaInfoDef: { tags: [SAVED_MODEL_TAG] },
          graphDef: { node: nodes, versions: { producer: GRAPH_VERSION } },
        },
      ],
    })
    .finish()
}

/** TensorFlow's number of a data type. */
export function dataTypeNumber(dataType: DataType): number {
  return { float32: 1, float64: 2, int32: 3, uint8: 4, bool: 10, bfloat16: 14 }[dataType]
}

export function shapeProto(shape: Shape): TensorShapeProto {
  return { dim: shape.map((size) => ({ size: size ?? -1 })) }
}

export function tensorProto(
  values: ConstantValues,
  dataType: DataType,
  shape: readonly number[],
): TensorProto {
  return {
    dtype: dataTypeNumber(dataType),
    tensorShape: shapeProto(shape),
    tensorContent: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  }
}
