/** @file What a long task tells in the terminal, whatever kind it is. */
import { formatDuration } from '../../src-shared/model/format'

export type ProgressLine =
  /** A part of the work begins. */
  | { readonly kind: 'phase'; readonly text: string }
  | {
      readonly kind: 'iteration'
      readonly iteration: number
      readonly total: number
      /** Which part of the work it belongs to, `scale 1 of 2`; empty where there is one alone. */
      readonly part: string
      /** What was measured: `content 1.23K, style 56.8`. */
      readonly measures: string
      readonly secondsLeft: number | null
    }
  /** What a person should know although nothing failed. */
  | { readonly kind: 'notice'; readonly text: string }

/** The line of an event; null where a person at a terminal is not shown it. */
export type LineOf<Event> = (event: Event) => ProgressLine | null

/** Empty until the time that is left can be told. */
export function timeLeftText(secondsLeft: number | null): string {
  if (secondsLeft === null) return ''
  return secondsLeft < 1 ? 'almost done' : `${formatDuration(secondsLeft)} left`
}
