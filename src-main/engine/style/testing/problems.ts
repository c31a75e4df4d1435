/** @file Small optimisation problems with known answers, for the tests of this folder. */
import { randomNormal } from '../../../../src-shared/math/random'
import type { Evaluate } from '../descent'

/** A vector of standard normal numbers. */
export function normalVector(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => randomNormal(seed, 0, index))
}

/** Sum of c_i (x_i - target_i)^2 / 2 with curvatures c_i from 1 to `condition`: the minimum is 0, at `target`. */
export function quadratic(target: Float32Array, condition: number): Evaluate {
  const curvature = target.map((_, index) => condition ** (index / Math.max(1, target.length - 1)))
  return (values) => {
    const gradient = values.map((value, index) => (curvature[index] ?? 0) * (value - (target[index] ?? 0)))
    const total = values.reduce(
      (sum, value, index) => sum + ((gradient[index] ?? 0) * (value - (target[index] ?? 0))) / 2,
      0,
    )
    return { total, contentLoss: total, styleLoss: 0, gradient }
  }
}
