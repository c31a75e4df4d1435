/**
 * @file How fast a painting goes: the time that is left, and when previews and checkpoints are due. Its clock stands
 * still while the painting rests, so a pause counts as no work.
 */
import { workLeft, type Schedule } from '../../../src-shared/math/schedule'

const PREVIEW_INTERVAL = 0.2
const CHECKPOINT_INTERVAL = 10
/** Large pictures take their time to be written: painting takes at least so many times as long as writing does. */
const PAINTING_PER_WRITING = 4
/** Old iterations count less and less, so the estimate follows a machine that gets busy. */
const SMOOTHING = 0.1

export class Pace {
  #secondsPerPixel: number | null = null
  #measured = 0
  #rested = 0
  #iterationStart = this.#now()
  #previewed = -Infinity
  #checkpointed = this.#now()
  /** Milliseconds that the last checkpoint took. */
  #writing = 0
  readonly #start: number

  readonly #schedule: Schedule

  /** `secondsBefore`: work done before an interruption. */
  constructor(schedule: Schedule, secondsBefore: number) {
    this.#schedule = schedule
    this.#start = this.#now() - secondsBefore * 1000
  }

  /** Seconds of work since the start of the run. */
  get seconds(): number {
    return (this.#now() - this.#start) / 1000
  }

  /** Waits for `pause` to end. */
  async rest<Result>(pause: Promise<Result>): Promise<Result> {
    const start = performance.now()
    try {
      return await pause
    } finally {
      this.#rested += performance.now() - start
    }
  }

  beginIteration(): void {
    this.#iterationStart = this.#now()
  }

  /** Learns from an iteration of scale `scaleIndex`, and says how many seconds are left; null until it is known. */
  endIteration(scaleIndex: number, done: number): number | null {
    const scale = this.#schedule[scaleIndex]
    if (scale === undefined) return null
    this.#measured += 1
    // The first iteration also compiles, and would promise too long a time.
    if (this.#measured > 1) {
      const pace = (this.#now() - this.#iterationStart) / 1000 / (scale.width * scale.height)
      this.#secondsPerPixel =
        this.#secondsPerPixel === null
          ? pace
          : this.#secondsPerPixel + SMOOTHING * (pace - this.#secondsPerPixel)
    }
    return this.#secondsPerPixel === null
      ? null
      : this.#secondsPerPixel * workLeft(this.#schedule, scaleIndex, done)
  }

  /** True at most five times a second. */
  previewDue(): boolean {
    const now = this.#now()
    if (now - this.#previewed < PREVIEW_INTERVAL * 1000) return false
    this.#previewed = now
    return true
  }

  /** Times the writing of a checkpoint, from whose end the next interval counts. */
  async checkpoint(writing: Promise<void>): Promise<void> {
    const start = this.#now()
    try {
      await writing
    } finally {
      this.#checkpointed = this.#now()
      this.#writing = this.#checkpointed - start
    }
  }

  /** True ten seconds after the last one, or after a few times as long as that took to write. */
  checkpointDue(): boolean {
    const interval = Math.max(CHECKPOINT_INTERVAL * 1000, PAINTING_PER_WRITING * this.#writing)
    return this.#now() - this.#checkpointed >= interval
  }

  /** Milliseconds on a clock that stands still while the painting rests. */
  #now(): number {
    return performance.now() - this.#rested
  }
}
