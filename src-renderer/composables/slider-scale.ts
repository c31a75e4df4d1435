/** @file How a slider's place and its value belong together, on a linear or a logarithmic scale. */

export interface SliderScale {
  readonly minimum: number
  readonly maximum: number
  readonly step: number
  readonly integer: boolean
  readonly logarithmic: boolean
}

/** The place of a value, from 0 at the left to 1. */
export function fractionOf(value: number, { minimum, maximum, logarithmic }: SliderScale): number {
  return logarithmic
    ? Math.log(value / minimum) / Math.log(maximum / minimum)
    : (value - minimum) / (maximum - minimum)
}

/** The value at a place, rounded to the scale's step. */
export function valueAt(fraction: number, { minimum, maximum, step, logarithmic }: SliderScale): number {
  const exact = logarithmic
    ? minimum * (maximum / minimum) ** fraction
    : minimum + (maximum - minimum) * fraction
  const rounded = Math.round(exact / step) * step
  return Number(Math.min(maximum, Math.max(minimum, rounded)).toFixed(6))
}
