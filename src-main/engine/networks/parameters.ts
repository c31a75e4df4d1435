/** @file Where a network's parameters come from: trained weights for painting, variables for training. */
import type { Graph } from '../graph/graph'
import type { Node } from '../graph/node'
import { check } from '../graph/operations/checks'
import { constant } from '../graph/operations/source'
import { variable, type Variable } from '../graph/operations/state'
import { formatShape, shapesAgree } from '../graph/shape'
import type { TrainedWeights } from '../weights/trained-weights'

/** What a parameter does, which decides how it starts and whether it decays. */
export type ParameterRole = 'kernel' | 'bias'

export interface Parameters {
  /** The parameter `name` of the layer whose scope is open in `graph`. */
  tensor(graph: Graph, name: string, shape: readonly number[], role: ParameterRole): Node
}

/** Constants, which TensorFlow folds into the convolutions: for networks that only compute. */
export function frozenParameters(weights: TrainedWeights): Parameters {
  return {
    tensor: (graph, name, shape) => {
      const trained = weights.tensor(graph.scoped(name))
      check(
        'constant',
        shapesAgree(trained.shape, shape),
        `${graph.scoped(name)} is ${formatShape(trained.shape)} and should be ${formatShape(shape)}`,
      )
      return constant(graph, trained.values, trained.shape, name)
    },
  }
}

export interface TrainableParameter {
  readonly variable: Variable
  readonly role: ParameterRole
}

export interface TrainableParameters extends Parameters {
  /** Those that the network has asked for, in its order. */
  readonly list: readonly TrainableParameter[]
}

/** Variables without a value. */
export function trainableParameters(): TrainableParameters {
  const list: TrainableParameter[] = []
  return {
    list,
    tensor: (graph, name, shape, role) => {
      const parameter = variable(graph, name, shape)
      list.push({ variable: parameter, role })
      return parameter
    },
  }
}
