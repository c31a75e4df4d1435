/**
 * @file One scale of a painting: moves the picture down the loss, one iteration at a time, and guards against
 * divergence.
 *
 * [Note: Guarded descent] Without a line search L-BFGS can leap away. The best picture is kept; when the loss is
 * not finite, far above the best, or has risen many times in a row, the descent goes back to the best picture and
 * goes on with Adam, whose steps are bounded. Should Adam diverge too, its learning rate is halved each time, and
 * after a few times the run is given up as `optimisation-diverged`.
 */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { StyleRecipe } from '../../../src-shared/model/style-recipe'
import { ADAM_LEARNING_RATE, Adam } from './adam'
import type { ImageParameters } from './image-parameters'
import { Lbfgs, LBFGS_HISTORY } from './lbfgs'
import type { Optimiser, OptimiserState } from './optimiser'

export interface Losses {
  /** What is minimised. */
  readonly total: number
  /** MSE of the content layer's activations. */
  readonly contentLoss: number
  /** Sum over the style layers of Gram MSE / C^2, each layer at weight 1. */
  readonly styleLoss: number
}

export interface Evaluation extends Losses {
  /** dL/dpixels: height × width × 3. */
  readonly gradient: Float32Array
}

export type Evaluate = (pixels: Float32Array) => Evaluation

/** Everything that decides the rest of a scale, exactly. */
export interface DescentState {
  readonly optimiser: OptimiserState
  readonly numbers: Losses & {
    readonly bestTotal: number
    readonly rises: number
    readonly rollBacks: number
  }
  readonly vectors: {
    readonly current: Float32Array
    readonly gradient: Float32Array
    readonly best: Float32Array
  }
}

/** A loss this many times the best one has leapt away. */
const LEAP = 10
/** So many iterations in a row above the last one are a divergence too. */
const MOST_RISES = 8
const MOST_ROLL_BACKS = 5

/** Mean change, in grey levels, of the first step from a picture that is far from painted, and from one that is near. */
const FIRST_STEP = { far: 5, near: 1 } as const

/** The optimiser that a recipe asks for, fresh. A leap from a picture that is nearly painted would undo it. */
export function startOptimiser(
  kind: StyleRecipe['optimizer'],
  length: number,
  distance: keyof typeof FIRST_STEP,
): Optimiser {
  return kind === 'lbfgs' ? new Lbfgs(LBFGS_HISTORY, FIRST_STEP[distance]) : Adam.start(length)
}

/** The optimiser of a state. @throws Error where the state lacks a vector or a number */
export function restoreOptimiser(state: OptimiserState): Optimiser {
  return state.kind === 'lbfgs' ? Lbfgs.restore(state) : Adam.restore(state)
}

export class Descent {
  readonly #parameters: ImageParameters
  readonly #evaluate: Evaluate
  #optimiser: Optimiser
  #losses: Losses
  #gradient: Float32Array
  readonly #best: Float32Array
  #bestTotal: number
  #rises = 0
  #rollBacks = 0

  private constructor(
    parameters: ImageParameters,
    evaluate: Evaluate,
    optimiser: Optimiser,
    losses: Losses,
    gradient: Float32Array,
    best: Float32Array,
  ) {
    this.#parameters = parameters
    this.#evaluate = evaluate
    this.#optimiser = optimiser
    this.#losses = losses
    this.#gradient = gradient
    this.#best = best
    this.#bestTotal = losses.total
  }

  /** Evaluates the picture as it is; the first iteration starts from there. */
  static start(parameters: ImageParameters, optimiser: Optimiser, evaluate: Evaluate): Descent {
    const { gradient, ...losses } = evaluate(parameters.pixels())
    const best = parameters.values.slice()
    return new Descent(parameters, evaluate, optimiser, losses, parameters.pullBack(gradient), best)
  }

  /** Goes on from a state; `parameters` must hold its `current` values. */
  static restore(parameters: ImageParameters, state: DescentState, evaluate: Evaluate): Descent {
    const { total, contentLoss, styleLoss, bestTotal, rises, rollBacks } = state.numbers
    const { gradient, best } = state.vectors
    const optimiser = restoreOptimiser(state.optimiser)
    const losses = { total, contentLoss, styleLoss }
    const descent = new Descent(parameters, evaluate, optimiser, losses, gradient, best)
    descent.#bestTotal = bestTotal
    descent.#rises = rises
    descent.#rollBacks = rollBacks
    return descent
  }

  /**
   * One iteration: a step, and the loss and gradient of where it leads.
   * @param iteration which one of the whole run it is; named where it is the last.
   * @returns the losses of the picture now, and whether it had to be rolled back.
   * @throws ImpastoError `optimisation-diverged`
   */
  advance(iteration: number): Losses & { readonly rolledBack: boolean } {
    this.#optimiser.step(this.#parameters.values, this.#gradient)
    const before = this.#losses.total
    this.#measure()
    const { total } = this.#losses
    this.#rises = total > before ? this.#rises + 1 : 0
    const diverged = !Number.isFinite(total) || total > LEAP * this.#bestTotal || this.#rises > MOST_RISES
    if (diverged) this.#rollBack(iteration)
    else if (total < this.#bestTotal) this.#keepBest()
    return { ...this.#losses, rolledBack: diverged }
  }

  /** The picture now: height × width × 3, RGB, 0-255. */
  pixels(): Float32Array {
    return this.#parameters.pixels()
  }

  /** Makes the best picture of the scale the current one, at its end, and gives its losses. */
  settle(): Losses {
    if (this.#losses.total > this.#bestTotal) {
      this.#parameters.values.set(this.#best)
      this.#measure()
    }
    return this.#losses
  }

  /** The vectors are live: write them before the next iteration. */
  state(): DescentState {
    return {
      optimiser: this.#optimiser.state(),
      numbers: {
        ...this.#losses,
        bestTotal: this.#bestTotal,
        rises: this.#rises,
        rollBacks: this.#rollBacks,
      },
      vectors: { current: this.#parameters.values, gradient: this.#gradient, best: this.#best },
    }
  }

  #measure(): void {
    const { gradient, ...losses } = this.#evaluate(this.#parameters.pixels())
    this.#losses = losses
    this.#gradient = this.#parameters.pullBack(gradient)
  }

  #keepBest(): void {
    this.#bestTotal = this.#losses.total
    this.#best.set(this.#parameters.values)
  }

  #rollBack(iteration: number): void {
    this.#rollBacks += 1
    this.#rises = 0
    if (this.#rollBacks > MOST_ROLL_BACKS) {
      throw new ImpastoError('optimisation-diverged', { iteration })
    }
    this.#parameters.values.set(this.#best)
    const learningRate = ADAM_LEARNING_RATE / 2 ** (this.#rollBacks - 1)
    this.#optimiser = Adam.start(this.#best.length, learningRate)
    this.#measure()
  }
}
