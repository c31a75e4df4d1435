/**
 * @file What a session keeps between calls: variables and their updates.
 *
 * [Note: Updates] An assignment is no node: nothing can read it, and no gradient passes it. It belongs to the function
 * that makes it, and happens once in a call. Everything that the call computes reads the variables as they were before
 * it, so an update may use its own variable and no order among updates matters.
 */
import type { DataType, GradientRule, Node, NodeOf } from '../node'
import { check, checkShape, commonDataType } from './checks'
import type { Graph } from '../graph'

export type Variable = NodeOf<'variable'> & Node

/** The value that a variable gets by a call of a function (see [Note: Updates]). */
export interface Update {
  readonly variable: Variable
  readonly value: Node
}

/**
 * A tensor that a session keeps between calls. It has no value before one was assigned or written.
 * @throws ImpastoError graph-invalid if the name, within its scope, is taken
 */
export function variable(
  graph: Graph,
  name: string,
  shape: readonly number[],
  dataType: DataType = 'float32',
): Variable {
  return graph.add('variable', [], {}, { shape, dataType }, name)
}

/** Lets `target` have the value of `value` after the call. @throws ImpastoError graph-invalid if it does not fit */
export function assign(target: Variable, value: Node): Update {
  check('variable', value.graph === target.graph, `${value.name} is of another graph than ${target.name}`)
  checkShape('variable', value, target.shape)
  commonDataType('variable', target, value)
  return { variable: target, value }
}

export const variableGradient: GradientRule<'variable'> = () => []
