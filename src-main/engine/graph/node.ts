/**
 * @file The vocabulary of the graph: every operation with its inputs and attributes, the node that applies one, and
 * what a gradient rule is.
 *
 * [Note: Adding an operation] Name it in `Operations` below; write its builder and its gradient rule in a file of
 * operations/. The compiler then points to the tables that lack it: gradient-rules.ts here, and the lowering of each
 * executor in runtime/. The node of an operation with several results (such as batch normalisation with its
 * statistics) stands for the first of them; `resultOf` names the others. Two tests then ask for cases: those of
 * testing/operation-cases.ts and of scripts/reference/operations_golden.py.
 */
import type { Graph } from './graph'
import type { Margin, NamedPadding, Padding, Shape, Size2d } from './shape'

/**
 * bfloat16 is float32 with 8 significant bits: half the memory, and on processors that multiply it (avx512_bf16,
 * amx_bf16) convolutions at about twice the speed. Only float32 and int32 can be fed and read; the others stay inside
 * of a graph.
 */
export type DataType = 'float32' | 'float64' | 'bfloat16' | 'int32' | 'uint8' | 'bool'

/** The values of a constant; the array's kind is the data type, and a bfloat16 is cast from float32. */
export type ConstantValues = Float32Array | Float64Array | Int32Array

/** A window sliding over height and width; images are laid out [batch, height, width, channels]. */
interface SlidingWindow {
  readonly strides: Size2d
}

export interface ConvolutionAttributes extends SlidingWindow {
  readonly padding: Padding
  /**
   * Parts that the channels before and after are cut into, in order: each part of the result sees one part of the image
   * alone.
   */
  readonly groups: number
}

export interface PoolingAttributes extends SlidingWindow {
  readonly window: Size2d
  readonly padding: NamedPadding
}

export interface BatchNormalisationAttributes {
  /** Added to the variance. TensorFlow's layers take 1e-3, PyTorch's 1e-5. */
  readonly epsilon: number
}

export interface LocalResponseAttributes {
  /** How many channels on each side of its own take part. */
  readonly depthRadius: number
  readonly bias: number
  readonly alpha: number
  readonly beta: number
}

/** Entries along each axis that `pad` adds and `crop` takes away. */
export type Margins = readonly Margin[]

/**
 * Who gets the gradient of a maximum where both are equal: all of it the first, as in TensorFlow, or each a half, as in
 * PyTorch.
 */
export type Tie = 'first' | 'halves'

type None = Readonly<Record<string, never>>
interface Unary<Attributes = None> {
  readonly inputs: readonly [input: Node]
  readonly attributes: Attributes
}
interface Binary<Attributes = None> {
  readonly inputs: readonly [a: Node, b: Node]
  readonly attributes: Attributes
}

/** Every operation. Sizes that only a run knows travel as int32 nodes named `shape`. */
export interface Operations {
  placeholder: { readonly inputs: readonly []; readonly attributes: None }
  constant: { readonly inputs: readonly []; readonly attributes: { readonly values: ConstantValues } }
  /** The value that a variable has when a function is called; what is assigned to it then counts from the next call. */
  variable: { readonly inputs: readonly []; readonly attributes: None }
  /** Random numbers (see [Note: Random streams]): uniform in [0, 1), and normal of mean 0 and variance 1. */
  randomUniform: { readonly inputs: readonly [shape: Node, seed: Node]; readonly attributes: None }
  randomNormal: { readonly inputs: readonly [shape: Node, seed: Node]; readonly attributes: None }
  /** A result beside the first of an operation that has several. */
  resultOf: Unary<{ readonly position: number }>

  conv2d: {
    /** filter: [height, width, input channels of a group, output channels of all groups] */
    readonly inputs: readonly [image: Node, filter: Node]
    readonly attributes: ConvolutionAttributes
  }
  /** Gradient of conv2d with respect to the image, which is conv2d's transpose. */
  conv2dImageGradient: {
    readonly inputs: readonly [imageShape: Node, filter: Node, upstream: Node]
    readonly attributes: ConvolutionAttributes
  }
  conv2dFilterGradient: {
    readonly inputs: readonly [image: Node, filterShape: Node, upstream: Node]
    readonly attributes: ConvolutionAttributes
  }
  /** Adds a vector along the innermost dimension. */
  biasAdd: { readonly inputs: readonly [input: Node, bias: Node]; readonly attributes: None }

  relu: Unary
  /** `upstream` where relu's output is positive, else 0. */
  reluGradient: { readonly inputs: readonly [output: Node, upstream: Node]; readonly attributes: None }
  tanh: Unary
  /** 1 / (1 + exp(-input)) */
  sigmoid: Unary

  maxPool: Unary<PoolingAttributes>
  maxPoolGradient: {
    readonly inputs: readonly [image: Node, pooled: Node, upstream: Node]
    readonly attributes: PoolingAttributes
  }
  /** Mean over the part of the window that lies inside the image. */
  averagePool: Unary<PoolingAttributes>
  averagePoolGradient: {
    readonly inputs: readonly [imageShape: Node, upstream: Node]
    readonly attributes: PoolingAttributes
  }

  /**
   * Each channel by the mean and the biased variance of its values; the further results are that mean, the unbiased
   * variance, and what the gradient alone can read.
   */
  batchNormalisation: {
    readonly inputs: readonly [image: Node, scale: Node, shift: Node]
    readonly attributes: BatchNormalisationAttributes
  }
  /** The gradients with respect to the image and, as further results, to scale and shift. */
  batchNormalisationGradient: {
    readonly inputs: readonly [image: Node, scale: Node, normalised: Node, upstream: Node]
    readonly attributes: BatchNormalisationAttributes
  }

  /** input / (bias + alpha * the sum of the squares of near channels)^beta */
  localResponseNormalisation: Unary<LocalResponseAttributes>
  localResponseNormalisationGradient: {
    readonly inputs: readonly [image: Node, normalised: Node, upstream: Node]
    readonly attributes: LocalResponseAttributes
  }

  /** Element by element, with broadcasting (see [Note: Broadcasting]). */
  add: Binary
  subtract: Binary
  multiply: Binary
  divide: Binary
  square: Unary
  sqrt: Unary
  abs: Unary
  sign: Unary
  exponential: Unary
  /** The natural one. */
  logarithm: Unary
  /** The larger of both. */
  maximum: Binary<{ readonly tie: Tie }>

  /** Comparisons, with broadcasting too; the result is bool. */
  equal: Binary
  greater: Binary
  greaterOrEqual: Binary
  /** `a` where the condition holds, else `b`; with broadcasting of all three. */
  select: { readonly inputs: readonly [condition: Node, a: Node, b: Node]; readonly attributes: None }

  matMul: Binary<{ readonly transposeA: boolean; readonly transposeB: boolean }>
  transpose: Unary

  sum: Unary<{ readonly axes: readonly number[]; readonly keepDimensions: boolean }>
  broadcastTo: { readonly inputs: readonly [input: Node, shape: Node]; readonly attributes: None }

  /** Rows of a table by int32 indices. */
  gather: { readonly inputs: readonly [table: Node, indices: Node]; readonly attributes: None }
  /** Each row of `upstream` added to the table's row that it was read from. */
  gatherGradient: {
    readonly inputs: readonly [tableShape: Node, indices: Node, upstream: Node]
    readonly attributes: None
  }
  argMax: Unary<{ readonly axis: number }>
  oneHot: Unary<{ readonly depth: number }>

  /** Along the innermost axis. */
  softmax: Unary
  /** One loss for each row; its second result is the gradient of that loss with respect to the row of logits. */
  softmaxCrossEntropy: { readonly inputs: readonly [logits: Node, labels: Node]; readonly attributes: None }

  reshape: { readonly inputs: readonly [input: Node, shape: Node]; readonly attributes: None }
  pad: Unary<{ readonly margins: Margins; readonly value: number }>
  crop: Unary<{ readonly margins: Margins }>
  concatenate: { readonly inputs: readonly Node[]; readonly attributes: { readonly axis: number } }
  cast: Unary
  /** The four bytes of each int32, the lowest first, along a further innermost axis. */
  bytesOf: Unary
  /** The sizes of the input, as an int32 vector. */
  shapeOf: Unary
  /** The number of elements of the input, as an int32 scalar. */
  elementCount: Unary
}

export type OperationKind = keyof Operations
export type InputsOf<K extends OperationKind> = Operations[K]['inputs']
export type AttributesOf<K extends OperationKind> = Operations[K]['attributes']

/** One operation applied to the results of others. Immutable; made by the builder functions of operations/. */
export interface NodeOf<K extends OperationKind> {
  readonly graph: Graph
  /** Position in `graph.nodes`; inputs always stand before the nodes that read them. */
  readonly index: number
  /** Unique in the graph: the scope's name, a slash, and the operation's or the placeholder's name. */
  readonly name: string
  readonly kind: K
  readonly inputs: InputsOf<K>
  readonly attributes: AttributesOf<K>
  readonly shape: Shape
  readonly dataType: DataType
}

export type Node = { readonly [K in OperationKind]: NodeOf<K> }[OperationKind]

/**
 * For each input of a node, how to build the gradient of the loss with respect to it, or null where there is none
 * (an integer, a shape, or a share that another input's gradient already carries).
 * Only the functions that are needed get called, so that no idle node enters the graph.
 *
 * @param upstream gradient of the loss with respect to the node's result; has the result's shape and type.
 */
export type GradientRule<K extends OperationKind> = (
  node: NodeOf<K> & Node,
  upstream: Node,
) => readonly ((() => Node) | null)[]
