/** @file What is said of a painting of the library. */
import type { Result } from '../../../src-shared/model/result'
import type { RunState } from '../../../src-shared/model/run-state'

/** `coffee.png after The Night Café, 24 November 2026 at 14:05, stopped at iteration 48 of 120` */
export function describe({ photograph, painting, ended, iteration, total }: Result): string {
  const when = new Date(ended).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })
  const stopped = iteration < total ? `, stopped at iteration ${String(iteration)} of ${String(total)}` : ''
  return `${photograph} after ${painting}, ${when}${stopped}`
}

/** The time of a painting of today, the day of an older one; how far one is that was stopped. */
export function captionOf({ ended, iteration, total }: Result, now: Date): string {
  if (iteration < total) return `${String(Math.round((100 * iteration) / total))} %`
  const date = new Date(ended)
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  }
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
}

export interface LiveFrame {
  readonly runId: string
  readonly image: string
  readonly caption: string
  readonly description: string
}

/** The painting under way, as a frame of the strip. */
export function liveFrame({ start, shown, iteration, total }: RunState): LiveFrame {
  return {
    runId: start.runId,
    image: shown?.image ?? start.framed.image,
    caption: `${String(iteration)}/${String(total)}`,
    description: `The painting under way, iteration ${String(iteration)} of ${String(total)}`,
  }
}
