/** @file The graph: nodes in an order in which they can be computed, under unique names. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { AttributesOf, DataType, InputsOf, Node, NodeOf, OperationKind } from './node'
import { formatShape, type Shape } from './shape'

/** The operations whose nodes have the very name that was asked for. */
const KEPT_NAMES: ReadonlySet<OperationKind> = new Set(['variable', 'randomUniform', 'randomNormal'])

export class Graph {
  readonly #nodes: Node[] = []
  /** How often each name was asked for. */
  readonly #names = new Map<string, number>()
  #scope: readonly string[] = []

  /** Every node, each after its inputs. */
  get nodes(): readonly Node[] {
    return this.#nodes
  }

  /**
   * Appends a node. Only the builder functions of operations/ call this: they check the inputs and infer the result.
   * @throws ImpastoError graph-invalid if an input belongs to another graph, the result would be empty, or the name of
   *   a variable or of random numbers is taken: what is stored or drawn under it must be found again.
   */
  add<K extends OperationKind>(
    kind: K,
    inputs: InputsOf<K>,
    attributes: AttributesOf<K>,
    result: { readonly shape: Shape; readonly dataType: DataType },
    name: string = kind,
  ): NodeOf<K> & Node {
    for (const input of inputs as readonly Node[]) {
      if (input.graph !== this) {
        throw new ImpastoError('graph-invalid', {
          operation: kind,
          reason: `${input.name} is of another graph`,
        })
      }
    }
    if (!result.shape.every((size) => size === null || isSize(size, kind))) {
      throw new ImpastoError('graph-invalid', {
        operation: kind,
        reason: `${name} would have the shape ${formatShape(result.shape)}`,
      })
    }
    const node = {
      graph: this,
      index: this.#nodes.length,
      name: KEPT_NAMES.has(kind) ? this.#freeName(kind, name) : this.#uniqueName(name),
      kind,
      inputs,
      attributes,
      ...result,
    } as NodeOf<K> & Node
    this.#nodes.push(node)
    return node
  }

  /** Runs `build`; the names of the nodes that it adds begin with `name/`. Scopes nest. */
  scope<Result>(name: string, build: () => Result): Result {
    const outer = this.#scope
    this.#scope = [...outer, name]
    try {
      return build()
    } finally {
      this.#scope = outer
    }
  }

  #freeName(operation: OperationKind, name: string): string {
    const scoped = this.scoped(name)
    if (this.#names.has(scoped)) {
      throw new ImpastoError('graph-invalid', { operation, reason: `the name ${scoped} is taken` })
    }
    this.#names.set(scoped, 1)
    return scoped
  }

  #uniqueName(name: string): string {
    const wanted = this.scoped(name)
    let count = this.#names.get(wanted) ?? 0
    let unique = wanted
    if (count > 0) {
      while (this.#names.has(`${wanted}_${String(count)}`)) count += 1
      unique = `${wanted}_${String(count)}`
      this.#names.set(unique, 1)
    }
    this.#names.set(wanted, count + 1)
    return unique
  }

  /** `name` behind the scopes that are open. */
  scoped(name: string): string {
    return [...this.#scope, name].join('/')
  }
}

/** Whole and at least 1; only a constant may be empty, since the sizes of a scalar are a vector of length 0. */
function isSize(size: number, kind: OperationKind): boolean {
  return Number.isInteger(size) && size >= (kind === 'constant' ? 0 : 1)
}

/** The nodes that `outputs` depend on, themselves included, in the graph's order. */
export function ancestors(outputs: readonly Node[]): readonly Node[] {
  const found = new Set<Node>()
  const pending = [...outputs]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (found.has(node)) continue
    found.add(node)
    pending.push(...node.inputs)
  }
  return [...found].sort((a, b) => a.index - b.index)
}
