/** @file What is said of a painting under way: which part, how far, how long. */
import { noticeSentence } from '../../../src-shared/contract/notices'
import { assertNever } from '../../../src-shared/model/assert-never'
import { formatDuration } from '../../../src-shared/model/format'
import type { RunState } from '../../../src-shared/model/run-state'

export interface RunWords {
  /** What is going on, in one or two words. */
  readonly heading: string
  /** Parts that stand side by side. */
  readonly parts: readonly string[]
}

export function runWords(run: RunState): RunWords {
  const { status, iteration, total, seconds, complete } = run
  const counted = `Iteration ${String(iteration)} of ${String(total)}`
  switch (status) {
    case 'preparing':
      return iteration === 0
        ? { heading: 'Getting ready', parts: ['Reading the pictures and the network'] }
        : { heading: scaleOf(run), parts: [sizeOf(run), 'Getting ready'] }
    case 'painting':
      return {
        heading: scaleOf(run),
        parts: [sizeOf(run), counted, timeLeft(run)],
      }
    case 'pausing':
      return { heading: 'Pausing', parts: [counted, 'after this step'] }
    case 'paused':
      return { heading: 'Paused', parts: [`${counted}, saved`, 'It can wait as long as you like'] }
    case 'stopping':
      return { heading: 'Stopping', parts: [counted, 'after this step'] }
    case 'saving':
      return { heading: 'Saving', parts: [counted] }
    case 'done':
      return complete
        ? { heading: 'Finished', parts: [`${String(iteration)} iterations`, formatDuration(seconds)] }
        : { heading: 'Stopped', parts: [`${counted}, saved`] }
    case 'failed':
      return { heading: 'Failed', parts: [counted] }
    default:
      return assertNever(status)
  }
}

function scaleOf({ scale, scales }: RunState): string {
  return `Scale ${String(scale)} of ${String(scales)}`
}

function sizeOf({ width, height }: RunState): string {
  return `${String(Math.max(width, height))} px`
}

/** Times are never promised before they were measured. */
function timeLeft({ secondsLeft }: RunState): string {
  return secondsLeft === null ? 'Measuring this computer' : `about ${formatDuration(secondsLeft)} left`
}

/** What should be known of the run although nothing failed. */
export function runNotice({ notice }: RunState): string | null {
  return notice === null ? null : noticeSentence(notice)
}
