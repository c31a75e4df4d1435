/** @file Element by element arithmetic, with broadcasting (see [Note: Broadcasting]), and the mean built from it. */
import type { GradientRule, Node } from '../node'
import { broadcastShapes } from '../shape'
import { check, commonDataType } from './checks'
import { sum, sumLike } from './reduction'
import { scalar } from './source'
import { elementCount } from './structure'

type BinaryKind = 'add' | 'subtract' | 'multiply' | 'divide'
type UnaryKind = 'square' | 'sqrt' | 'abs' | 'sign'

function binary(kind: BinaryKind, a: Node, b: Node): Node {
  const dataType = commonDataType(kind, a, b)
  return a.graph.add(kind, [a, b], {}, { shape: broadcastShapes(kind, a.shape, b.shape), dataType })
}

function unary(kind: UnaryKind, input: Node): Node {
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

/** `factor` times `input`. */
export function scale(input: Node, factor: number): Node {
  return multiply(input, scalar(input.graph, factor, input.dataType))
}

/** The mean of all elements, a scalar. */
export function mean(input: Node): Node {
  return divide(sum(input), elementCount(input, input.dataType))
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
