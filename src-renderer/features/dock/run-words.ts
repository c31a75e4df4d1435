/** @file What is said of a painting: which part, how far, how long. */
import { noticeSentence } from '../../../src-shared/contract/notices'
import { assertNever } from '../../../src-shared/model/assert-never'
import { formatDuration } from '../../../src-shared/model/format'
import type { RunState } from '../../../src-shared/model/run-state'

export interface RunWords {
  /** What is going on, in one or two words. */
  readonly heading: string
  /** Parts that stand side by side, the most telling first. */
  readonly parts: readonly string[]
}

export function runWords(run: RunState): RunWords {
  const { status, iteration, total, seconds } = run
  const counted = `Iteration ${String(iteration)} of ${String(total)}`
  switch (status) {
    case 'preparing':
      return iteration === 0
        ? { heading: 'Getting ready', parts: ['Reading the pictures and the network'] }
        : { heading: 'Getting ready', parts: [counted] }
    case 'painting':
      return { heading: scaleOf(run), parts: [counted, timeLeft(run), sizeOf(run)] }
    case 'pausing':
      return { heading: 'Pausing', parts: ['after this step', counted] }
    case 'paused':
      return run.notice?.code === 'unsaved'
        ? { heading: 'Paused', parts: [`${counted}, not saved`, 'It can wait while Impasto is open'] }
        : { heading: 'Paused', parts: [`${counted}, saved`, 'It can wait as long as you like'] }
    case 'stopping':
      return { heading: 'Stopping', parts: ['after this step', counted] }
    case 'saving':
      return { heading: 'Saving', parts: [counted] }
    case 'finished':
      return { heading: 'Finished', parts: [`${String(iteration)} iterations`, ...duration(seconds)] }
    case 'stopped':
      return { heading: 'Stopped', parts: [`${counted}, saved`] }
    case 'failed':
      return { heading: 'Failed', parts: [counted] }
    default:
      return assertNever(status)
  }
}

/** What the button says that goes on with a painting that ended before its time. */
export function resumeWords({ savedIteration }: { readonly savedIteration: number }): string {
  return savedIteration > 0 ? `Resume from iteration ${String(savedIteration)}` : 'Resume'
}

function scaleOf({ scale, scales }: RunState): string {
  return scale === 0 ? 'Getting ready' : `Scale ${String(scale)} of ${String(scales)}`
}

function sizeOf({ width, height }: RunState): string {
  return `${String(Math.max(width, height))} px`
}

/** Times are never promised before they were measured. */
function timeLeft({ secondsLeft }: RunState): string {
  return secondsLeft === null ? 'Measuring this computer' : `about ${formatDuration(secondsLeft)} left`
}

function duration(seconds: number): readonly string[] {
  return seconds > 0 ? [formatDuration(seconds)] : []
}

/** What should be known of the run although nothing failed. */
export function runNotice({ notice }: RunState): string | null {
  return notice === null ? null : noticeSentence(notice)
}
