/** @file Products and transposes of matrices. */
import type { GradientRule, Node } from '../node'
import { formatShape, shapesAgree } from '../shape'
import { add } from './arithmetic'
import { check, checkRank, commonDataType } from './checks'

interface MatMulOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

/** The matrix product of `a` and `b`, each transposed first if so asked. */
export function matMul(a: Node, b: Node, options: MatMulOptions = {}): Node {
  const { transposeA = false, transposeB = false } = options
  checkRank('matMul', a, 2)
  checkRank('matMul', b, 2)
  const [rows = null, innerA = null] = transposeA ? a.shape.toReversed() : a.shape
  const [innerB = null, columns = null] = transposeB ? b.shape.toReversed() : b.shape
  check(
    'matMul',
    shapesAgree([innerA], [innerB]),
    `${formatShape(a.shape)} and ${formatShape(b.shape)} do not fit each other`,
  )
  return a.graph.add(
    'matMul',
    [a, b],
    { transposeA, transposeB },
    { shape: [rows, columns], dataType: commonDataType('matMul', a, b) },
  )
}

/** The transpose of a matrix. */
export function transpose(input: Node): Node {
  checkRank('transpose', input, 2)
  return input.graph.add(
    'transpose',
    [input],
    {},
    { shape: input.shape.toReversed(), dataType: input.dataType },
  )
}

/**
 * A Gram matrix multiplies a tall matrix F with itself; its gradient, F U + F Uᵀ, is taken as F (U + Uᵀ): one tall
 * product instead of two, and a small sum.
 */
export const matMulGradient: GradientRule<'matMul'> = ({ inputs: [a, b], attributes }, upstream) => {
  const { transposeA, transposeB } = attributes
  if (a === b && transposeA !== transposeB) {
    const symmetric = (): Node => add(upstream, transpose(upstream))
    return [() => (transposeA ? matMul(a, symmetric()) : matMul(symmetric(), a)), null]
  }
  return [
    () =>
      transposeA
        ? matMul(b, upstream, { transposeA: transposeB, transposeB: true })
        : matMul(upstream, b, { transposeB: !transposeB }),
    () =>
      transposeB
        ? matMul(upstream, a, { transposeA: true, transposeB: transposeA })
        : matMul(a, upstream, { transposeA: !transposeA }),
  ]
}

export const transposeGradient: GradientRule<'transpose'> = (_, upstream) => [() => transpose(upstream)]
