/** @file The results beside the first of an operation that has several. */
import type { DataType, Node } from '../node'
import type { Shape } from '../shape'

/** Result `position`, counted from 0, of the operation of `node`; the builders of such operations call this. */
export function resultOf(node: Node, position: number, shape: Shape, dataType: DataType): Node {
  return node.graph.add('resultOf', [node], { position }, { shape, dataType })
}
