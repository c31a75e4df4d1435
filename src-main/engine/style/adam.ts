/** @file Adam (Kingma and Ba 2015, algorithm 1). */
import type { Optimiser, OptimiserState } from './optimiser'

/** Grey levels of 0-255 that a value moves at most in the first steps. */
export const ADAM_LEARNING_RATE = 5
const FIRST_DECAY = 0.9
const SECOND_DECAY = 0.99
const EPSILON = 1e-8

export class Adam implements Optimiser {
  readonly kind = 'adam'

  readonly #learningRate: number
  #steps: number
  readonly #first: Float32Array
  readonly #second: Float32Array

  private constructor(learningRate: number, steps: number, first: Float32Array, second: Float32Array) {
    this.#learningRate = learningRate
    this.#steps = steps
    this.#first = first
    this.#second = second
  }

  /** A fresh optimiser of `length` values. */
  static start(length: number, learningRate = ADAM_LEARNING_RATE): Adam {
    return new Adam(learningRate, 0, new Float32Array(length), new Float32Array(length))
  }

  static restore({ numbers, vectors }: OptimiserState): Adam {
    const { learningRate, steps } = numbers
    const { first, second } = vectors
    if (learningRate === undefined || steps === undefined || first === undefined || second === undefined) {
      throw new Error('Adam state is incomplete')
    }
    return new Adam(learningRate, steps, first, second)
  }

  step(values: Float32Array, gradient: Float32Array): void {
    this.#steps += 1
    const first = this.#first
    const second = this.#second
    const firstBias = 1 - FIRST_DECAY ** this.#steps
    const secondBias = 1 - SECOND_DECAY ** this.#steps
    const rate = this.#learningRate / firstBias
    for (let i = 0; i < values.length; i++) {
      const slope = gradient[i]!
      const m = FIRST_DECAY * first[i]! + (1 - FIRST_DECAY) * slope
      const v = SECOND_DECAY * second[i]! + (1 - SECOND_DECAY) * slope * slope
      first[i] = m
      second[i] = v
      values[i]! -= (rate * m) / (Math.sqrt(v / secondBias) + EPSILON)
    }
  }

  state(): OptimiserState {
    return {
      kind: this.kind,
      numbers: { learningRate: this.#learningRate, steps: this.#steps },
      vectors: { first: this.#first, second: this.#second },
    }
  }
}
