/** @file Element by element arithmetic, with broadcasting (see [Note: Broadcasting]), and the mean built from it. */
import type { GradientRule, Node, Tie } from '../node'
import { broadcastShapes, elementCountOf } from '../shape'
import { check, checkFloatingPoint, checkNumeric, commonDataType } from './checks'
import { equal, greater, greaterOrEqual, select } from './comparison'
import { sum, sumLike } from './reduction'
import { scalar } from './source'
import { elementCount } from './structure'

type BinaryKind = 'add' | 'subtract' | 'multiply' | 'divide'
type UnaryKind = 'square' | 'sqrt' | 'abs' | 'sign' | 'exponential' | 'logarithm'

function binary(kind: BinaryKind, a: Node, b: Node): Node {
  checkNumeric(kind, a)
  const dataType = commonDataType(kind, a, b)
  return a.graph.add(kind, [a, b], {}, { shape: broadcastShapes(kind, a.shape, b.shape), dataType })
}

function unary(kind: UnaryKind, input: Node): Node {
  checkNumeric(kind, input)
  return input.graph.add(kind, [input], {}, { shape: input.shape, dataType: input.dataType })
}

export const add = (a: Node, b: Node): Node => binary('add', a, b)
export const subtract = (a: Node, b: Node): Node => binary('subtract', a, b)
export const multiply = (a: Node, b: Node): Node => binary('multiply', a, b)
export function divide(a: Node, b: Node): Node {
  check('divide', a.dataType !== 'int32', 'integers have no exact quotient')
  return binary('divide', a, b)
}
export const square = (input: Node): Node => unary('square', input)
export const sqrt = (input: Node): Node => unary('sqrt', input)
export const abs = (input: Node): Node => unary('abs', input)
/** -1, 0 or 1. */
export const sign = (input: Node): Node => unary('sign', input)

/** e to the power of `input`. */
export function exponential(input: Node): Node {
  checkFloatingPoint('exponential', input)
  return unary('exponential', input)
}

/** The natural logarithm: minus infinity of 0, and of what is below no number. */
export function logarithm(input: Node): Node {
  checkFloatingPoint('logarithm', input)
  return unary('logarithm', input)
}

/** The larger of `a` and `b`; at a `tie` the gradient goes where TensorFlow or where PyTorch has it (see `Tie`). */
export function maximum(a: Node, b: Node, tie: Tie): Node {
  checkNumeric('maximum', a)
  const dataType = commonDataType('maximum', a, b)
  const shape = broadcastShapes('maximum', a.shape, b.shape)
  return a.graph.add('maximum', [a, b], { tie }, { shape, dataType })
}

/** `factor` times `input`. */
export function scale(input: Node, factor: number): Node {
  return multiply(input, scalar(input.graph, factor, input.dataType))
}

/** The mean over `axes`, all of them by default, which are dropped unless `keepDimensions`. */
export function mean(
  input: Node,
  axes: readonly number[] = input.shape.map((_, axis) => axis),
  keepDimensions = false,
): Node {
  const total = sum(input, axes, keepDimensions)
  return divide(total, elementsAlong(input, axes, total))
}

/** How many elements of `input` were put together along `axes` to one of `result`: a scalar of the input's type. */
export function elementsAlong(input: Node, axes: readonly number[], result: Node): Node {
  const { shape, dataType } = input
  const known = elementCountOf(axes.map((axis) => shape[axis] ?? null))
  if (known !== null) return scalar(input.graph, known, dataType)
  const all = elementCount(input, dataType)
  return axes.length === shape.length ? all : divide(all, elementCount(result, dataType))
}

export const addGradient: GradientRule<'add'> = ({ inputs: [a, b] }, upstream) => [
  () => sumLike(upstream, a),
  () => sumLike(upstream, b),
]

export const subtractGradient: GradientRule<'subtract'> = ({ inputs: [a, b] }, upstream) => [
  () => sumLike(upstream, a),
  () => scale(sumLike(upstream, b), -1),
]

export const multiplyGradient: GradientRule<'multiply'> = ({ inputs: [a, b] }, upstream) => [
  () => sumLike(multiply(upstream, b), a),
  () => sumLike(multiply(upstream, a), b),
]

export const divideGradient: GradientRule<'divide'> = (quotient, upstream) => {
  const [a, b] = quotient.inputs
  return [
    () => sumLike(divide(upstream, b), a),
    () => scale(sumLike(divide(multiply(upstream, quotient), b), b), -1),
  ]
}

export const squareGradient: GradientRule<'square'> = ({ inputs: [input] }, upstream) => [
  () => multiply(upstream, scale(input, 2)),
]

export const sqrtGradient: GradientRule<'sqrt'> = (root, upstream) => [() => divide(upstream, scale(root, 2))]

export const absGradient: GradientRule<'abs'> = ({ inputs: [input] }, upstream) => [
  () => multiply(upstream, sign(input)),
]

/** The sign is constant wherever it has a derivative. */
export const signGradient: GradientRule<'sign'> = () => [null]

export const exponentialGradient: GradientRule<'exponential'> = (power, upstream) => [
  () => multiply(upstream, power),
]

export const logarithmGradient: GradientRule<'logarithm'> = ({ inputs: [input] }, upstream) => [
  () => divide(upstream, input),
]

export const maximumGradient: GradientRule<'maximum'> = (
  { inputs: [a, b], attributes: { tie } },
  upstream,
) => {
  const zero = (): Node => scalar(upstream.graph, 0, upstream.dataType)
  const atTie = (): Node => select(equal(a, b), scale(upstream, 1 / 2), zero())
  return tie === 'first'
    ? [
        () => sumLike(select(greaterOrEqual(a, b), upstream, zero()), a),
        () => sumLike(select(greater(b, a), upstream, zero()), b),
      ]
    : [
        () => sumLike(select(greater(a, b), upstream, atTie()), a),
        () => sumLike(select(greater(b, a), upstream, atTie()), b),
      ]
}
