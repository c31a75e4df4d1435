/**
 * @file Reverse-mode differentiation: adds to a graph the nodes that compute the gradient of a loss.
 *
 * Baydin et al. 2018, "Automatic differentiation in machine learning: a survey", section 3.2.
 */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { gradientRules } from './gradient-rules'
import { ancestors } from './graph'
import type { Node, NodeOf, OperationKind } from './node'
import { add } from './operations/arithmetic'
import { check } from './operations/checks'
import { scalar } from './operations/source'

/**
 * The gradients of the scalar `loss` with respect to each of `variables`, each of its variable's shape and type.
 * @throws ImpastoError gradient-undefined if an operation between them has no gradient rule;
 *   graph-invalid if the loss is no scalar or does not depend on a variable.
 */
export function gradients(loss: Node, variables: readonly Node[]): readonly Node[] {
  check(loss.kind, loss.shape.length === 0, 'only a scalar has a gradient')
  return loss.graph.scope('gradients', () => {
    const upstreams = backpropagate(loss, variables)
    return variables.map((variable) => {
      const gradient = upstreams.get(variable)
      if (gradient !== undefined) return gradient
      const reason = `${loss.name} does not depend on ${variable.name}`
      throw new ImpastoError('graph-invalid', { operation: loss.kind, reason })
    })
  })
}

/** For each node that the loss depends on and that depends on a variable: the loss's gradient with respect to it. */
function backpropagate(loss: Node, variables: readonly Node[]): ReadonlyMap<Node, Node> {
  const path = nodesBetween(variables, loss)
  const upstreams = new Map<Node, Node>([[loss, scalar(loss.graph, 1, loss.dataType)]])
  for (const node of [...path].reverse()) {
    const upstream = upstreams.get(node)
    if (upstream === undefined || !node.inputs.some((input) => path.has(input))) continue
    const rule = inputGradients(node, upstream)
    for (const [position, input] of node.inputs.entries()) {
      const build = rule[position]
      if (!build || !path.has(input)) continue
      const earlier = upstreams.get(input)
      upstreams.set(input, earlier === undefined ? build() : add(earlier, build()))
    }
  }
  return upstreams
}

/** The nodes on the paths from `variables` to `loss`, each after its inputs. */
function nodesBetween(variables: readonly Node[], loss: Node): ReadonlySet<Node> {
  const path = new Set<Node>()
  const starts = new Set(variables)
  for (const node of ancestors([loss])) {
    if (starts.has(node) || node.inputs.some((input) => path.has(input))) path.add(node)
  }
  return path
}

function inputGradients<K extends OperationKind>(
  node: NodeOf<K> & Node,
  upstream: Node,
): readonly ((() => Node) | null)[] {
  const rule = gradientRules[node.kind]
  if (rule === null) throw new ImpastoError('gradient-undefined', { operation: node.kind })
  return rule(node, upstream)
}
