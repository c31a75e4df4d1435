/**
 * @file Comparisons, element by element with broadcasting (see [Note: Broadcasting]), and the choice by their result.
 *
 * A comparison is constant wherever it has a derivative, so nothing differentiates with respect to what it compares.
 */
import type { GradientRule, Node } from '../node'
import { broadcastShapes } from '../shape'
import { check, checkNumeric, commonDataType } from './checks'
import { sumLike } from './reduction'
import { scalar } from './source'

type ComparisonKind = 'equal' | 'greater' | 'greaterOrEqual'

function compare(kind: ComparisonKind, a: Node, b: Node): Node {
  checkNumeric(kind, a)
  commonDataType(kind, a, b)
  return a.graph.add(kind, [a, b], {}, { shape: broadcastShapes(kind, a.shape, b.shape), dataType: 'bool' })
}

/** Whether `a` = `b`. */
export const equal = (a: Node, b: Node): Node => compare('equal', a, b)
/** Whether `a` > `b`. */
export const greater = (a: Node, b: Node): Node => compare('greater', a, b)
/** Whether `a` >= `b`. */
export const greaterOrEqual = (a: Node, b: Node): Node => compare('greaterOrEqual', a, b)
/** Whether `a` < `b`. */
export const less = (a: Node, b: Node): Node => greater(b, a)

/** `a` where `condition`, which is bool, holds, else `b`; all three are broadcast to one shape. */
export function select(condition: Node, a: Node, b: Node): Node {
  check('select', condition.dataType === 'bool', `the condition ${condition.name} is ${condition.dataType}`)
  const dataType = commonDataType('select', a, b)
  const shape = broadcastShapes('select', condition.shape, broadcastShapes('select', a.shape, b.shape))
  return a.graph.add('select', [condition, a, b], {}, { shape, dataType })
}

export const comparisonGradient: GradientRule<ComparisonKind> = () => [null, null]

/** A choice, not a product with 0 or 1: an infinite share of what was not chosen stays out. */
export const selectGradient: GradientRule<'select'> = ({ inputs: [condition, a, b] }, upstream) => {
  const zero = (): Node => scalar(upstream.graph, 0, upstream.dataType)
  return [
    null,
    () => sumLike(select(condition, upstream, zero()), a),
    () => sumLike(select(condition, zero(), upstream), b),
  ]
}
