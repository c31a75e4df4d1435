/** @file What every optimiser of the image can do: move the values one step, and be saved and restored exactly. */

export interface OptimiserState {
  readonly kind: 'lbfgs' | 'adam'
  readonly numbers: Readonly<Record<string, number>>
  readonly vectors: Readonly<Record<string, Float32Array>>
}

export interface Optimiser {
  readonly kind: OptimiserState['kind']
  /** Moves `values` one step downhill, in place. `gradient` is taken at `values`; both have the same length. */
  step(values: Float32Array, gradient: Float32Array): void
  /** Everything that decides the next steps. The vectors are live: copy or write them before the next step. */
  state(): OptimiserState
}
