/** @file Where a network's parameters come from: trained weights for painting, variables for training. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { Graph } from '../graph/graph'
import type { Node } from '../graph/node'
import { check } from '../graph/operations/checks'
import { constant } from '../graph/operations/source'
import { assign, variable, type Update, type Variable } from '../graph/operations/state'
import { formatShape, shapesAgree } from '../graph/shape'
import type { TrainedWeights } from '../weights/trained-weights'

/**
 * What a parameter does, which decides how it starts and whether it decays; `scale` and `shift` are the gamma and the
 * beta of batch normalisation.
 */
export type ParameterRole = 'kernel' | 'bias' | 'scale' | 'shift'

/** What a network keeps of the data that it has seen, and no gradient changes. */
export interface Statistic {
  readonly value: Node
  /**
   * Lets it have the value of `next` after the call.
   * @throws ImpastoError graph-invalid where the parameters are frozen, or the value does not fit
   */
  become(next: Node): Update
}

export interface Parameters {
  /** The parameter `name` of the layer whose scope is open in `graph`. */
  tensor(graph: Graph, name: string, shape: readonly number[], role: ParameterRole): Node
  /** A statistic of that layer; before any data, each of its numbers is `start`. */
  statistic(graph: Graph, name: string, shape: readonly number[], start: number): Statistic
}

/** Constants, which TensorFlow folds into the convolutions: for networks that only compute. */
export function frozenParameters(weights: TrainedWeights): Parameters {
  const frozen = (graph: Graph, name: string, shape: readonly number[]): Node => {
    const trained = weights.tensor(graph.scoped(name))
    check(
      'constant',
      shapesAgree(trained.shape, shape),
      `${graph.scoped(name)} is ${formatShape(trained.shape)} and should be ${formatShape(shape)}`,
    )
    return constant(graph, trained.values, trained.shape, name)
  }
  return {
    tensor: frozen,
    statistic: (graph, name, shape) => {
      const value = frozen(graph, name, shape)
      return {
        value,
        become: () => {
          throw new ImpastoError('graph-invalid', {
            operation: 'constant',
            reason: `${value.name} is frozen`,
          })
        },
      }
    },
  }
}

export interface TrainableParameter {
  readonly variable: Variable
  readonly role: ParameterRole
}

export interface KeptStatistic {
  readonly variable: Variable
  readonly start: number
}

export interface TrainableParameters extends Parameters {
  /** Those that the network has asked for, in its order. */
  readonly list: readonly TrainableParameter[]
  readonly statistics: readonly KeptStatistic[]
}

/** Variables without a value. */
export function trainableParameters(): TrainableParameters {
  const list: TrainableParameter[] = []
  const statistics: KeptStatistic[] = []
  return {
    list,
    statistics,
    tensor: (graph, name, shape, role) => {
      const parameter = variable(graph, name, shape)
      list.push({ variable: parameter, role })
      return parameter
    },
    statistic: (graph, name, shape, start) => {
      const value = variable(graph, name, shape)
      statistics.push({ variable: value, start })
      return { value, become: (next) => assign(value, next) }
    },
  }
}
