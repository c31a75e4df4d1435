/** @file What every network is: a function that writes itself into the graph of its input. */
import type { Node } from '../graph/node'
import type { Parameters } from './parameters'

/** How a network is written this time. */
export interface Pass {
  readonly parameters: Parameters
  /** The last layer that is needed; what lies deeper is not built. By default all of it is. */
  readonly until?: string
}

export interface NetworkNodes {
  readonly output: Node
  /** The result of each layer by its name, from the input on. */
  readonly activations: ReadonlyMap<string, Node>
}

/** @throws ImpastoError graph-invalid where the input does not fit, or there is no layer `until` */
export type Network = (input: Node, pass: Pass) => NetworkNodes
