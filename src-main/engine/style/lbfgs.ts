/**
 * @file L-BFGS without a line search (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5).
 *
 * A line search would cost whole passes through the network, so every step has length 1, as in the peers. What a
 * line search guarantees is had otherwise: the first step, which knows no curvature, is scaled by its mean change;
 * pairs without positive curvature are skipped; and Descent rolls back what diverges all the same.
 */
import type { Optimiser, OptimiserState } from './optimiser'
import { addScaled, dot, meanAbsolute, setScaled, subtract } from './vectors'

interface CurvaturePair {
  /** s = x_k+1 - x_k */
  readonly step: Float32Array
  /** y = g_k+1 - g_k */
  readonly change: Float32Array
  /** s · y, positive. */
  readonly curvature: number
}

interface Point {
  readonly values: Float32Array
  readonly gradient: Float32Array
}

/** Pairs kept: more gain little, and each costs two vectors as long as the image. */
export const LBFGS_HISTORY = 20
/** Grey levels by which the first step changes the values on average, unless told otherwise. */
const FIRST_MEAN_CHANGE = 1
/** A pair is skipped where s · y is at most this: the loss is flat or concave along the step. */
const LEAST_CURVATURE = 1e-10

export class Lbfgs implements Optimiser {
  readonly kind = 'lbfgs'
  readonly #history: number
  readonly #firstMeanChange: number
  readonly #pairs: CurvaturePair[] = []
  #previous: Point | null = null

  /** @param firstMeanChange grey levels by which the first step changes the values on average */
  constructor(history = LBFGS_HISTORY, firstMeanChange = FIRST_MEAN_CHANGE) {
    this.#history = history
    this.#firstMeanChange = firstMeanChange
  }

  static restore(state: OptimiserState): Lbfgs {
    const { history, firstMeanChange, pairs = 0 } = state.numbers
    const optimiser = new Lbfgs(history, firstMeanChange)
    const vector = (name: string): Float32Array => {
      const found = state.vectors[name]
      if (found === undefined) throw new Error(`L-BFGS state lacks ${name}`)
      return found
    }
    for (let index = 0; index < pairs; index++) {
      const step = vector(`step.${String(index)}`)
      const change = vector(`change.${String(index)}`)
      optimiser.#pairs.push({ step, change, curvature: dot(step, change) })
    }
    if (state.vectors.values !== undefined) {
      optimiser.#previous = { values: vector('values'), gradient: vector('gradient') }
    }
    return optimiser
  }

  step(values: Float32Array, gradient: Float32Array): void {
    const free = this.#previous === null ? null : this.#remember(this.#previous, { values, gradient })
    this.#previous = copyOf({ values, gradient }, free)
    const direction = this.#direction(gradient)
    const length = this.#pairs.length === 0 ? this.#firstMeanChange / (meanAbsolute(direction) || 1) : 1
    addScaled(values, length, direction)
  }

  state(): OptimiserState {
    const vectors: Record<string, Float32Array> = {}
    this.#pairs.forEach(({ step, change }, index) => {
      vectors[`step.${String(index)}`] = step
      vectors[`change.${String(index)}`] = change
    })
    if (this.#previous !== null) Object.assign(vectors, this.#previous)
    return {
      kind: this.kind,
      numbers: { history: this.#history, firstMeanChange: this.#firstMeanChange, pairs: this.#pairs.length },
      vectors,
    }
  }

  /**
   * Makes the pair between two points, in the vectors of the first.
   * @returns the vectors that this leaves free: images are long, and those of every iteration would soon be garbage.
   */
  #remember(from: Point, to: Point): Point | null {
    const { values: step, gradient: change } = from
    subtract(step, to.values, step)
    subtract(change, to.gradient, change)
    const curvature = dot(step, change)
    if (!(curvature > LEAST_CURVATURE)) return from
    this.#pairs.push({ step, change, curvature })
    if (this.#pairs.length <= this.#history) return null
    const oldest = this.#pairs.shift()
    return oldest === undefined ? null : { values: oldest.step, gradient: oldest.change }
  }

  /** The two-loop recursion: -H g, with H_0 = (s · y / y · y) I of the newest pair (eq. 7.20). */
  #direction(gradient: Float32Array): Float32Array {
    const direction = new Float32Array(gradient.length)
    setScaled(direction, -1, gradient)
    const weights: number[] = []
    for (const { step, change, curvature } of this.#pairs.toReversed()) {
      const weight = dot(step, direction) / curvature
      weights.push(weight)
      addScaled(direction, -weight, change)
    }
    const newest = this.#pairs.at(-1)
    if (newest === undefined) return direction
    const scale = newest.curvature / dot(newest.change, newest.change)
    setScaled(direction, scale, direction)
    for (const { step, change, curvature } of this.#pairs) {
      const weight = weights.pop() ?? 0
      addScaled(direction, weight - dot(change, direction) / curvature, step)
    }
    return direction
  }
}

/** A copy of a point, in the vectors of `free` where there are any. */
function copyOf({ values, gradient }: Point, free: Point | null): Point {
  if (free === null) return { values: values.slice(), gradient: gradient.slice() }
  free.values.set(values)
  free.gradient.set(gradient)
  return free
}
