/** @file Lowers a graph to TensorFlow's GraphDef: for each operation, the TensorFlow operation that computes it. */
import type {
  ConvolutionAttributes,
  DataType,
  LocalResponseAttributes,
  Margins,
  Node,
  NodeOf,
  OperationKind,
  PoolingAttributes,
} from '../../graph/node'
import { streamKey } from '../../graph/operations/random'
import { isKnown } from '../../graph/shape'
import { dataTypeNumber, shapeProto, tensorProto, type AttributeValue, type NodeDef } from './saved-model'

/** A node's operation, its inputs and attributes, and the nodes that are inputs of it alone. */
interface Lowered {
  readonly op: string
  readonly inputs: readonly string[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly own?: readonly NodeDef[]
}

type Attributes = Readonly<Record<string, AttributeValue>>

/** The GraphDef nodes of `nodes`, each under its node's name. */
export function lowerToGraphDef(nodes: readonly Node[]): readonly NodeDef[] {
  return nodes.flatMap((node) => {
    const { op, inputs, attributes, own = [] } = lower(node)
    return [...own, { name: node.name, op, input: inputs, attr: attributes }]
  })
}

function lower<K extends OperationKind>(node: NodeOf<K>): Lowered {
  return lowerings[node.kind](node)
}

/** The name of a variable's handle, which reading and assigning take. */
export const handleName = (variable: Pick<Node, 'name'>): string => `${variable.name}.handle`

const lowerings: { readonly [K in OperationKind]: (node: NodeOf<K>) => Lowered } = {
  placeholder: ({ dataType, shape }) => ({
    op: 'Placeholder',
    inputs: [],
    attributes: { dtype: typeAttribute(dataType), shape: { shape: shapeProto(shape) } },
  }),
  constant: ({ attributes: { values }, dataType, shape }) => ({
    op: 'Const',
    inputs: [],
    attributes: {
      dtype: typeAttribute(dataType),
      value: { tensor: tensorProto(values, dataType, isKnown(shape) ? shape : []) },
    },
  }),

  /** A handle, and the one node that reads it. */
  variable: (node) => ({
    op: 'ReadVariableOp',
    inputs: [handleName(node)],
    attributes: { dtype: typeAttribute(node.dataType) },
    own: [
      {
        name: handleName(node),
        op: 'VarHandleOp',
        input: [],
        attr: {
          dtype: typeAttribute(node.dataType),
          shape: { shape: shapeProto(node.shape) },
          shared_name: stringAttribute(node.name),
        },
      },
    ],
  }),
  randomUniform: (node) => random('StatelessRandomUniform', node),
  randomNormal: (node) => random('StatelessRandomNormal', node),
  resultOf: ({ inputs: [source], attributes: { position }, dataType }) => ({
    op: 'Identity',
    inputs: [`${source.name}:${String(position)}`],
    attributes: { T: typeAttribute(dataType) },
  }),

  conv2d: (node) => convolution('Conv2D', node),
  conv2dImageGradient: (node) => convolution('Conv2DBackpropInput', node),
  conv2dFilterGradient: (node) => convolution('Conv2DBackpropFilter', node),
  biasAdd: (node) => named('BiasAdd', node),

  relu: (node) => named('Relu', node),
  reluGradient: ({ inputs: [output, upstream], dataType }) => ({
    op: 'ReluGrad',
    inputs: [upstream.name, output.name],
    attributes: { T: typeAttribute(dataType) },
  }),

  tanh: (node) => named('Tanh', node),
  sigmoid: (node) => named('Sigmoid', node),

  maxPool: (node) => named('MaxPool', node, pooling(node.attributes)),
  maxPoolGradient: (node) => named('MaxPoolGrad', node, pooling(node.attributes)),
  averagePool: (node) => named('AvgPool', node, pooling(node.attributes)),
  averagePoolGradient: (node) => named('AvgPoolGrad', node, pooling(node.attributes)),

  batchNormalisation: (node) => {
    // Statistics that are given would stand here.
    const none = ['mean', 'variance'].map((name) => float32Constant(`${node.name}.${name}`, [], [0]))
    const lowered = named('FusedBatchNormV3', node, normalising(node))
    return { ...lowered, inputs: [...lowered.inputs, ...none.map(({ name }) => name)], own: none }
  },
  batchNormalisationGradient: (node) => {
    const [image, scale, normalised, upstream] = node.inputs
    const reserved = [3, 4, 5].map((position) => `${normalised.name}:${String(position)}`)
    const inputs = [upstream.name, image.name, scale.name, ...reserved]
    return { ...named('FusedBatchNormGradV3', node, normalising(node)), inputs }
  },

  localResponseNormalisation: (node) => named('LRN', node, localResponse(node.attributes)),
  localResponseNormalisationGradient: (node) => {
    const [image, normalised, upstream] = node.inputs
    const inputs = [upstream.name, image.name, normalised.name]
    return { ...named('LRNGrad', node, localResponse(node.attributes)), inputs }
  },

  add: (node) => named('AddV2', node),
  subtract: (node) => named('Sub', node),
  multiply: (node) => named('Mul', node),
  divide: (node) => named('RealDiv', node),
  square: (node) => named('Square', node),
  sqrt: (node) => named('Sqrt', node),
  abs: (node) => named('Abs', node),
  sign: (node) => named('Sign', node),
  exponential: (node) => named('Exp', node),
  logarithm: (node) => named('Log', node),
  maximum: (node) => named('Maximum', node),

  equal: (node) => named('Equal', node, typeOfFirst(node)),
  greater: (node) => named('Greater', node, typeOfFirst(node)),
  greaterOrEqual: (node) => named('GreaterEqual', node, typeOfFirst(node)),
  select: (node) => named('SelectV2', node),

  matMul: (node) =>
    named('MatMul', node, {
      transpose_a: { b: node.attributes.transposeA },
      transpose_b: { b: node.attributes.transposeB },
    }),
  transpose: (node) =>
    withIntegers('Transpose', node, { permutation: [1, 0] }, { Tperm: typeAttribute('int32') }),

  sum: (node) =>
    withIntegers(
      'Sum',
      node,
      { axes: node.attributes.axes },
      { keep_dims: { b: node.attributes.keepDimensions }, Tidx: typeAttribute('int32') },
    ),
  broadcastTo: (node) => named('BroadcastTo', node, { Tidx: typeAttribute('int32') }),

  gather: (node) => {
    const [table, indices] = node.inputs
    const axis = int32Constant(`${node.name}.axis`, [0], [])
    return {
      op: 'GatherV2',
      inputs: [table.name, indices.name, axis.name],
      attributes: {
        Tparams: typeAttribute(node.dataType),
        Tindices: typeAttribute('int32'),
        Taxis: typeAttribute('int32'),
      },
      own: [axis],
    }
  },
  /** Scattering reads an index as a vector, here of one number, and adds up what has the same. */
  gatherGradient: ({ inputs: [tableShape, indices, upstream], name, dataType }) => {
    const axis = int32Constant(`${name}.axis`, [-1], [])
    const vectors: NodeDef = {
      name: `${name}.indices`,
      op: 'ExpandDims',
      input: [indices.name, axis.name],
      attr: { T: typeAttribute('int32'), Tdim: typeAttribute('int32') },
    }
    return {
      op: 'ScatterNd',
      inputs: [vectors.name, upstream.name, tableShape.name],
      attributes: { T: typeAttribute(dataType), Tindices: typeAttribute('int32') },
      own: [axis, vectors],
    }
  },
  argMax: (node) =>
    withIntegers(
      'ArgMax',
      node,
      { axis: node.attributes.axis },
      { ...typeOfFirst(node), Tidx: typeAttribute('int32'), output_type: typeAttribute('int32') },
    ),
  oneHot: ({ inputs: [indices], attributes, name, dataType }) => {
    const depth = int32Constant(`${name}.depth`, [attributes.depth], [])
    const on = float32Constant(`${name}.on`, [1])
    const off = float32Constant(`${name}.off`, [0])
    return {
      op: 'OneHot',
      inputs: [indices.name, depth.name, on.name, off.name],
      attributes: { T: typeAttribute(dataType), TI: typeAttribute('int32') },
      own: [depth, on, off],
    }
  },
  softmax: (node) => named('Softmax', node),
  softmaxCrossEntropy: (node) => named('SoftmaxCrossEntropyWithLogits', node),

  reshape: (node) => named('Reshape', node, { Tshape: typeAttribute('int32') }),
  pad: ({ inputs: [input], attributes, name, shape, dataType }) => {
    const margins = int32Constant(`${name}.margins`, attributes.margins.flat(), [shape.length, 2])
    const number = float32Constant(`${name}.number`, [attributes.value])
    const value: NodeDef = {
      name: `${name}.value`,
      op: 'Cast',
      input: [number.name],
      attr: { SrcT: typeAttribute('float32'), DstT: typeAttribute(dataType) },
    }
    return {
      op: 'PadV2',
      inputs: [input.name, margins.name, value.name],
      attributes: { T: typeAttribute(dataType), Tpaddings: typeAttribute('int32') },
      own: [margins, number, value],
    }
  },
  crop: (node) => {
    const { margins } = node.attributes
    return withIntegers(
      'StridedSlice',
      node,
      {
        begin: margins.map(([before]) => before),
        end: margins.map(([, after]) => -after),
        strides: margins.map(() => 1),
      },
      { Index: typeAttribute('int32'), end_mask: integerAttribute(untouchedEnds(margins)) },
    )
  },
  concatenate: (node) =>
    withIntegers(
      'ConcatV2',
      node,
      { axis: node.attributes.axis },
      { N: integerAttribute(node.inputs.length), Tidx: typeAttribute('int32') },
    ),
  cast: ({ inputs: [input], dataType }) => ({
    op: 'Cast',
    inputs: [input.name],
    attributes: { SrcT: typeAttribute(input.dataType), DstT: typeAttribute(dataType) },
  }),
  bytesOf: ({ inputs: [input], dataType }) => ({
    op: 'Bitcast',
    inputs: [input.name],
    attributes: { T: typeAttribute(input.dataType), type: typeAttribute(dataType) },
  }),
  shapeOf: (node) => described('Shape', node),
  elementCount: (node) => described('Size', node),
}

/** An operation that takes the node's inputs in the node's order and whose type attribute T is the result's, or the one given. */
function named(op: string, node: Pick<Node, 'inputs' | 'dataType'>, attributes: Attributes = {}): Lowered {
  return {
    op,
    inputs: (node.inputs as readonly Node[]).map((input) => input.name),
    attributes: { T: typeAttribute(node.dataType), ...attributes },
  }
}

/** The same with further inputs, integers: constants under the node's name, a dot and their own name. */
function withIntegers(
  op: string,
  node: Node,
  integers: Readonly<Record<string, number | readonly number[]>>,
  attributes: Attributes,
): Lowered {
  const constants = Object.entries(integers).map(([name, values]) => {
    const shape = typeof values === 'number' ? [] : [values.length]
    return int32Constant(`${node.name}.${name}`, [values].flat(), shape)
  })
  const lowered = named(op, node, attributes)
  return { ...lowered, inputs: [...lowered.inputs, ...constants.map(({ name }) => name)], own: constants }
}

/** Random numbers of the fed seed, in the stream of the node's name. */
function random(op: string, node: NodeOf<'randomUniform' | 'randomNormal'>): Lowered {
  const [shape, fed] = node.inputs
  const key = int32Constant(`${node.name}.key`, [streamKey(node.name), 0], [2])
  const seed: NodeDef = {
    name: `${node.name}.seed`,
    op: 'BitwiseXor',
    input: [fed.name, key.name],
    attr: { T: typeAttribute('int32') },
  }
  return {
    op,
    inputs: [shape.name, seed.name],
    attributes: {
      dtype: typeAttribute(node.dataType),
      T: typeAttribute('int32'),
      Tseed: typeAttribute('int32'),
    },
    own: [key, seed],
  }
}

/** The type attribute T of an operation that gives another type than it takes. */
function typeOfFirst({ inputs: [first] }: { readonly inputs: readonly [Node, ...Node[]] }): Attributes {
  return { T: typeAttribute(first.dataType) }
}

/** An operation that says something about its input in int32. */
function described(op: string, node: NodeOf<'shapeOf' | 'elementCount'>): Lowered {
  return named(op, node, { ...typeOfFirst(node), out_type: typeAttribute('int32') })
}

function int32Constant(name: string, values: readonly number[], shape: readonly number[]): NodeDef {
  const tensor = tensorProto(Int32Array.from(values), 'int32', shape)
  return { name, op: 'Const', input: [], attr: { dtype: typeAttribute('int32'), value: { tensor } } }
}

function float32Constant(name: string, values: readonly number[], shape: readonly number[] = []): NodeDef {
  const tensor = tensorProto(Float32Array.from(values), 'float32', shape)
  return { name, op: 'Const', input: [], attr: { dtype: typeAttribute('float32'), value: { tensor } } }
}

/** The axes, as bits, at whose end nothing is cropped: an end of -0 would mean 0 there. */
function untouchedEnds(margins: Margins): number {
  return margins.reduce((mask, [, after], axis) => (after === 0 ? mask | (1 << axis) : mask), 0)
}

function convolution(
  op: string,
  node: NodeOf<'conv2d' | 'conv2dImageGradient' | 'conv2dFilterGradient'>,
): Lowered {
  const whole = named(op, node, slidingWindow(node.attributes))
  return node.attributes.groups === 1 ? whole : inGroups(whole, node)
}

/**
 * One convolution for each group, or one of its gradients.
 *
 * TensorFlow's own grouped gradients are oneDNN's, in float32 alone: here all types go the same way, as in the
 * interpreter, since tfjs has no groups at all. Image, filter, upstream and result are cut along their last axis; so
 * are sizes.
 */
function inGroups(
  { op, attributes }: Lowered,
  node: NodeOf<'conv2d' | 'conv2dImageGradient' | 'conv2dFilterGradient'>,
): Lowered {
  const { name, dataType } = node
  const { groups } = node.attributes
  const axis = int32Constant(`${name}.axis`, [3], [])
  const divisor = int32Constant(`${name}.divisor`, [1, 1, 1, groups], [4])
  const cut = (node.inputs as readonly Node[]).map((input, position): NodeDef => {
    const part = `${name}.input${String(position)}`
    return input.dataType === 'int32'
      ? {
          name: part,
          op: 'FloorDiv',
          input: [input.name, divisor.name],
          attr: { T: typeAttribute('int32') },
        }
      : {
          name: part,
          op: 'Split',
          input: [axis.name, input.name],
          attr: { T: typeAttribute(dataType), num_split: integerAttribute(groups) },
        }
  })
  const parts = Array.from({ length: groups }, (_, group): NodeDef => ({
    name: `${name}.group${String(group)}`,
    op,
    input: cut.map((part) => (part.op === 'Split' ? `${part.name}:${String(group)}` : part.name)),
    attr: attributes,
  }))
  return {
    op: 'ConcatV2',
    inputs: [...parts.map((part) => part.name), axis.name],
    attributes: {
      T: typeAttribute(dataType),
      N: integerAttribute(groups),
      Tidx: typeAttribute('int32'),
    },
    own: [axis, divisor, ...cut, ...parts],
  }
}

function slidingWindow({ strides, padding }: ConvolutionAttributes): Attributes {
  return {
    strides: listAttribute([1, ...strides, 1]),
    ...(typeof padding === 'string'
      ? { padding: stringAttribute(padding.toUpperCase()) }
      : {
          padding: stringAttribute('EXPLICIT'),
          explicit_paddings: listAttribute([0, 0, ...padding.flat(), 0, 0]),
        }),
  }
}

function normalising({
  attributes: { epsilon },
}: NodeOf<'batchNormalisation' | 'batchNormalisationGradient'>): Attributes {
  return { U: typeAttribute('float32'), epsilon: floatAttribute(epsilon), is_training: { b: true } }
}

function localResponse({ depthRadius, bias, alpha, beta }: LocalResponseAttributes): Attributes {
  return {
    depth_radius: integerAttribute(depthRadius),
    bias: floatAttribute(bias),
    alpha: floatAttribute(alpha),
    beta: floatAttribute(beta),
  }
}

function pooling({ window, strides, padding }: PoolingAttributes): Attributes {
  return {
    ksize: listAttribute([1, ...window, 1]),
    strides: listAttribute([1, ...strides, 1]),
    padding: stringAttribute(padding.toUpperCase()),
  }
}

const typeAttribute = (dataType: DataType): AttributeValue => ({ type: dataTypeNumber(dataType) })
const floatAttribute = (f: number): AttributeValue => ({ f })
const integerAttribute = (i: number): AttributeValue => ({ i })
const listAttribute = (i: readonly number[]): AttributeValue => ({ list: { i } })
const stringAttribute = (text: string): AttributeValue => ({ s: new TextEncoder().encode(text) })
