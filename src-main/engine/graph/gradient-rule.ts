/** @file What a gradient rule is. */
import type { Node, NodeOf, OperationKind } from './node'

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
