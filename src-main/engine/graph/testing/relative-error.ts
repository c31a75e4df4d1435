/** @file How far computed values are from their reference. */

/** Norm of the difference over norm of the reference. */
export function relativeError(actual: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (actual.length !== reference.length) return Infinity
  let difference = 0
  let norm = 0
  for (let index = 0; index < reference.length; index += 1) {
    const expected = reference[index] ?? NaN
    difference += ((actual[index] ?? NaN) - expected) ** 2
    norm += expected ** 2
  }
  return Math.sqrt(difference / norm)
}
