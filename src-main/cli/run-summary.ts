/** @file What a long task comes to in the end, and whether it can go on: the last lines of its command. */
import type { EngineTaskEvent, EngineTaskResult, LongTaskName } from '../../src-shared/contract/engine-tasks'
import { formatDuration } from '../../src-shared/model/format'

/** Follows the events of a run. */
export class RunSummary {
  /** Told with the first iteration; a run that is stopped before it has none to name. */
  #total: number | null = null
  /** The iteration of the checkpoint, 0 where there is none that would spare any work. */
  #saved = 0
  #seconds = 0

  note(event: EngineTaskEvent<LongTaskName>): void {
    if (event.event === 'iteration') this.#total = event.total
    if (event.event === 'checkpoint') this.#saved = event.iteration
    if (event.event === 'notice' && event.notice.code === 'resumed') this.#saved = event.notice.iteration
    if (event.event === 'done') this.#seconds = event.seconds
  }

  /** How the run goes on from its checkpoint; null where it would only begin anew. */
  get resumeOffer(): string | null {
    if (this.#saved === 0) return null
    return `The same command with --resume goes on from iteration ${String(this.#saved)}.`
  }

  /** What was saved or stopped, with the offer to go on where something is left to do. */
  resultText({ output, iteration, complete }: EngineTaskResult<LongTaskName>): string {
    const what = output === null ? 'Stopped' : `Saved ${output}`
    if (complete) return `${what} after ${formatDuration(this.#seconds)}.`
    const total = this.#total === null ? '' : ` of ${String(this.#total)}`
    const where = iteration === 0 ? 'before the first iteration' : `at iteration ${String(iteration)}${total}`
    return [`${what} ${where}.`, this.resumeOffer].filter((sentence) => sentence !== null).join(' ')
  }
}
