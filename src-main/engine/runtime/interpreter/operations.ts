/** @file For each operation of the graph, the tfjs call that computes it. */
import type { DataType, Node, NodeOf, OperationKind } from '../../graph/node'
import { streamKey } from '../../graph/operations/random'
import { isKnown } from '../../graph/shape'
import { tf } from '../tensorflow'
import { batchGradients, normaliseBatch } from './batch-normalisation'
import { convolve, filterGradient, imageGradient } from './convolution'
import { kernel, windowAttributes } from './kernel'
import { statelessNormal, statelessUniform } from './philox'

/** What a node was computed to: a tensor, or all results of an operation that has several. */
export type Computed = tf.Tensor | readonly tf.Tensor[]

/** Gives the tensor that a node stands for. */
type ValueOf = (node: Node) => tf.Tensor

/** Gives everything that the operation of a node computed. */
type ResultsOf = (node: Node) => readonly tf.Tensor[]

type Operation<K extends OperationKind> = (
  node: NodeOf<K>,
  valueOf: ValueOf,
  resultsOf: ResultsOf,
) => Computed

/** Computes `node` from what its inputs were computed to. */
export function compute<K extends OperationKind>(
  node: NodeOf<K>,
  computed: (node: Node) => Computed,
): Computed {
  return operations[node.kind](
    node,
    (input) => firstOf(input, computed(input)),
    (input) => [computed(input)].flat(),
  )
}

/** The tensor that a node stands for: its first result, where it has several. */
export function firstOf(node: Node, computed: Computed): tf.Tensor {
  return resultAt(node, [computed].flat(), 0)
}

function resultAt(node: Node, results: readonly tf.Tensor[], position: number): tf.Tensor {
  const result = results[position]
  if (result === undefined) throw new Error(`${node.name} has no result ${String(position)}`)
  return result
}

const operations: { readonly [K in OperationKind]: Operation<K> } = {
  placeholder: ({ name }) => {
    throw new Error(`the placeholder ${name} is fed, not computed`)
  },
  constant: ({ attributes: { values }, shape, dataType }) => {
    const narrowed = values instanceof Float64Array ? Float32Array.from(values) : values
    return tf.tensor(narrowed, isKnown(shape) ? [...shape] : [], tensorType(dataType))
  },
  variable: ({ name }) => {
    throw new Error(`the variable ${name} is written, not computed`)
  },
  randomUniform: (node, valueOf) => random(node, valueOf, statelessUniform),
  randomNormal: (node, valueOf) => random(node, valueOf, statelessNormal),
  resultOf: ({ inputs: [source], attributes: { position } }, _, resultsOf) =>
    tf.clone(resultAt(source, resultsOf(source), position)),

  conv2d: ({ inputs: [image, filter], attributes }, valueOf) =>
    convolve(valueOf(image), valueOf(filter), attributes),
  conv2dImageGradient: ({ inputs: [imageShape, filter, upstream], attributes }, valueOf) =>
    imageGradient(sizesOf(imageShape, valueOf), valueOf(filter), valueOf(upstream), attributes),
  conv2dFilterGradient: ({ inputs: [image, filterShape, upstream], attributes }, valueOf) =>
    filterGradient(valueOf(image), sizesOf(filterShape, valueOf), valueOf(upstream), attributes),
  biasAdd: ({ inputs: [input, bias] }, valueOf) => tf.add(valueOf(input), valueOf(bias)),

  relu: ({ inputs: [input] }, valueOf) => tf.relu(valueOf(input)),
  /** tfjs's own gradient of relu is slow. */
  reluGradient: ({ inputs: [output, upstream] }, valueOf) =>
    tf.where(tf.greater(valueOf(output), 0), valueOf(upstream), 0),

  tanh: ({ inputs: [input] }, valueOf) => tf.tanh(valueOf(input)),
  sigmoid: ({ inputs: [input] }, valueOf) => tf.sigmoid(valueOf(input)),

  maxPool: ({ inputs: [image], attributes }, valueOf) =>
    tf.maxPool(
      valueOf(image) as tf.Tensor4D,
      [...attributes.window],
      [...attributes.strides],
      attributes.padding,
    ),
  maxPoolGradient: ({ inputs: [image, pooled, upstream], attributes }, valueOf) =>
    kernel(
      'MaxPoolGrad',
      { dy: valueOf(upstream), input: valueOf(image), output: valueOf(pooled) },
      { ...windowAttributes(attributes), filterSize: [...attributes.window] },
    ),
  averagePool: ({ inputs: [image], attributes }, valueOf) =>
    tf.avgPool(
      valueOf(image) as tf.Tensor4D,
      [...attributes.window],
      [...attributes.strides],
      attributes.padding,
    ),
  averagePoolGradient: ({ inputs: [imageShape, upstream], attributes }, valueOf) =>
    kernel(
      'AvgPoolGrad',
      { dy: valueOf(upstream), input: tf.zeros(sizesOf(imageShape, valueOf)) },
      { ...windowAttributes(attributes), filterSize: [...attributes.window] },
    ),

  batchNormalisation: ({ inputs: [image, scale, shift], attributes }, valueOf) =>
    normaliseBatch(valueOf(image), valueOf(scale), valueOf(shift), attributes),
  batchNormalisationGradient: ({ inputs: [image, scale, , upstream], attributes }, valueOf) =>
    batchGradients(valueOf(image), valueOf(scale), valueOf(upstream), attributes),

  localResponseNormalisation: ({ inputs: [image], attributes }, valueOf) =>
    tf.localResponseNormalization(
      valueOf(image) as tf.Tensor4D,
      attributes.depthRadius,
      attributes.bias,
      attributes.alpha,
      attributes.beta,
    ),
  localResponseNormalisationGradient: ({ inputs: [image, normalised, upstream], attributes }, valueOf) =>
    kernel(
      'LRNGrad',
      { x: valueOf(image), y: valueOf(normalised), dy: valueOf(upstream) },
      { ...attributes },
    ),

  add: ({ inputs: [a, b] }, valueOf) => tf.add(valueOf(a), valueOf(b)),
  subtract: ({ inputs: [a, b] }, valueOf) => tf.sub(valueOf(a), valueOf(b)),
  multiply: ({ inputs: [a, b] }, valueOf) => tf.mul(valueOf(a), valueOf(b)),
  divide: ({ inputs: [a, b] }, valueOf) => tf.div(valueOf(a), valueOf(b)),
  square: ({ inputs: [input] }, valueOf) => tf.square(valueOf(input)),
  sqrt: ({ inputs: [input] }, valueOf) => tf.sqrt(valueOf(input)),
  abs: ({ inputs: [input] }, valueOf) => tf.abs(valueOf(input)),
  sign: ({ inputs: [input] }, valueOf) => tf.sign(valueOf(input)),
  exponential: ({ inputs: [input] }, valueOf) => tf.exp(valueOf(input)),
  logarithm: ({ inputs: [input] }, valueOf) => tf.log(valueOf(input)),
  maximum: ({ inputs: [a, b] }, valueOf) => tf.maximum(valueOf(a), valueOf(b)),

  equal: ({ inputs: [a, b] }, valueOf) => tf.equal(valueOf(a), valueOf(b)),
  greater: ({ inputs: [a, b] }, valueOf) => tf.greater(valueOf(a), valueOf(b)),
  greaterOrEqual: ({ inputs: [a, b] }, valueOf) => tf.greaterEqual(valueOf(a), valueOf(b)),
  select: ({ inputs: [condition, a, b] }, valueOf) => tf.where(valueOf(condition), valueOf(a), valueOf(b)),

  matMul: ({ inputs: [a, b], attributes: { transposeA, transposeB } }, valueOf) =>
    tf.matMul(valueOf(a), valueOf(b), transposeA, transposeB),
  transpose: ({ inputs: [input] }, valueOf) => tf.transpose(valueOf(input)),

  sum: ({ inputs: [input], attributes: { axes, keepDimensions } }, valueOf) =>
    axes.length === 0 ? tf.clone(valueOf(input)) : tf.sum(valueOf(input), [...axes], keepDimensions),
  broadcastTo: ({ inputs: [input, shape] }, valueOf) =>
    tf.broadcastTo(valueOf(input), sizesOf(shape, valueOf)),

  gather: ({ inputs: [table, indices] }, valueOf) => tf.gather(valueOf(table), valueOf(indices)),
  gatherGradient: ({ inputs: [tableShape, indices, upstream] }, valueOf) =>
    tf.scatterND(tf.expandDims(valueOf(indices), -1), valueOf(upstream), sizesOf(tableShape, valueOf)),
  argMax: ({ inputs: [input], attributes: { axis } }, valueOf) => tf.argMax(valueOf(input), axis),
  oneHot: ({ inputs: [indices], attributes: { depth } }, valueOf) =>
    tf.oneHot(valueOf(indices), depth, 1, 0, 'float32'),

  softmax: ({ inputs: [input] }, valueOf) => tf.softmax(valueOf(input)),
  /** Of logits less their largest, which changes no probability and lets no exponential overflow. */
  softmaxCrossEntropy: ({ inputs: [logits, labels] }, valueOf) => {
    const shifted = tf.sub(valueOf(logits), tf.max(valueOf(logits), 1, true))
    const surprisal = tf.sub(tf.log(tf.sum(tf.exp(shifted), 1, true)), shifted)
    return [tf.sum(tf.mul(valueOf(labels), surprisal), 1), tf.sub(tf.exp(tf.neg(surprisal)), valueOf(labels))]
  },

  reshape: ({ inputs: [input, shape] }, valueOf) => tf.reshape(valueOf(input), sizesOf(shape, valueOf)),
  pad: ({ inputs: [input], attributes: { margins, value } }, valueOf) =>
    tf.pad(
      valueOf(input),
      margins.map(([before, after]) => [before, after]),
      value,
    ),
  crop: ({ inputs: [input], attributes: { margins } }, valueOf) => {
    const value = valueOf(input)
    const sizes = margins.map(([before, after], axis) => (value.shape[axis] ?? 0) - before - after)
    return tf.slice(
      value,
      margins.map(([before]) => before),
      sizes,
    )
  },
  concatenate: ({ inputs, attributes: { axis } }, valueOf) => tf.concat(inputs.map(valueOf), axis),
  cast: ({ inputs: [input], dataType }, valueOf) => tf.cast(valueOf(input), tensorType(dataType)),
  /** tfjs has no bit cast; quotients are rounded down and remainders positive, below 0 too. */
  bytesOf: ({ inputs: [input] }, valueOf) => {
    const value = valueOf(input)
    const bytes = [0, 1, 2, 3].map((position) =>
      tf.mod(tf.floorDiv(value, tf.scalar(256 ** position, 'int32')), tf.scalar(256, 'int32')),
    )
    return tf.stack(bytes, -1)
  },
  shapeOf: ({ inputs: [input] }, valueOf) => tf.tensor1d(valueOf(input).shape, 'int32'),
  elementCount: ({ inputs: [input] }, valueOf) => tf.scalar(valueOf(input).size, 'int32'),
}

/** tfjs has one floating-point type and one of integers: what would be another is computed as that. */
function tensorType(dataType: DataType): 'float32' | 'int32' | 'bool' {
  if (dataType === 'bool') return 'bool'
  return dataType === 'int32' || dataType === 'uint8' ? 'int32' : 'float32'
}

/** The sizes that a shape node stands for, without reading them back from a device. */
function sizesOf(shape: Node, valueOf: ValueOf): number[] {
  if (shape.kind === 'constant') return [...shape.attributes.values]
  if (shape.kind === 'shapeOf') return valueOf(shape.inputs[0]).shape
  throw new Error(`${shape.name} is neither a constant shape nor the shape of a node`)
}

/** tfjs draws otherwise than TensorFlow does without state. */
function random(
  { name, inputs: [shape, seed] }: NodeOf<'randomUniform' | 'randomNormal'>,
  valueOf: ValueOf,
  draw: typeof statelessUniform,
): tf.Tensor {
  const sizes = sizesOf(shape, valueOf)
  const [first = 0, second = 0] = valueOf(seed).dataSync()
  const count = sizes.reduce((product, size) => product * size, 1)
  return tf.tensor(draw(count, [first ^ streamKey(name), second]), sizes)
}
