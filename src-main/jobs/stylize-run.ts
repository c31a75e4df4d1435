/**
 * @file One painting from beginning to end, across the deaths of its engine.
 *
 * [Note: Two deaths] A painting goes on from its checkpoint when its engine dies: a crash may be an accident. Where
 * the next engine dies too before it reached a new checkpoint, the third would as well, so the run stops and says
 * why. Where the cause was memory it also says the next size that fits.
 */
import type { TaskControl } from '../../src-shared/contract/engine-messages'
import type { EngineTaskResult } from '../../src-shared/contract/engine-tasks'
import { FIRST_ORDER, standingOrder } from '../../src-shared/contract/standing-order'
import type { TaskEvent } from '../../src-shared/contract/task-events'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import type { EngineDeathCause } from './engine-exit'
import type { EngineKeeper } from './engine-keeper'
import type { EngineProcess, EngineTask } from './engine-process'
import { MemoryNeeds } from './memory-needs'

export type StylizeResult = EngineTaskResult<'stylize'>

export interface StylizeRunOptions {
  readonly engines: EngineKeeper
  readonly onEvent: (event: TaskEvent) => void
  /** `check` refuses a painting that needs more memory than is free. */
  readonly memory: 'check' | 'ignore'
}

/** Deaths without a checkpoint between them that end the run. */
const DEATHS_THAT_END = 2

/** After a death for want of memory the next size to try is at most this part of the size that failed. */
const SMALLER = 0.75

export class StylizeRun {
  /** Rejects with an ImpastoError; with `run-killed` after `kill`. */
  readonly result: Promise<StylizeResult>

  readonly #job: StylizeJob
  readonly #options: StylizeRunOptions
  #engine: EngineProcess
  #memory: MemoryNeeds | null = null
  #task: EngineTask<'stylize'> | null = null
  #order = FIRST_ORDER
  #checkpoint: number | null = null
  /** Whether the engine iterates, and so reads what it is told between two steps. */
  #iterates = false
  #deaths = 0
  #restarted = false
  #killed = false
  #ended = false

  static start(job: StylizeJob, options: StylizeRunOptions): StylizeRun {
    return new StylizeRun(job, options)
  }

  private constructor(job: StylizeJob, options: StylizeRunOptions) {
    this.#job = job
    this.#options = options
    this.#engine = options.engines.engine()
    this.result = this.#paint().finally(() => {
      this.#ended = true
    })
  }

  /**
   * Asks for a pause, its end, a stop or a cancel; also counts for an engine that replaces a dead one
   * (see [Note: Once it ends, it ends]). It is answered between two steps. Before the first there is nothing to keep
   * and nobody who listens (a picture that cannot be decoded may hang there), so a cancel then ends the engine.
   */
  control(control: TaskControl): void {
    if (this.#ended) return
    this.#order = standingOrder(this.#order, control)
    if (this.#order === 'cancel' && !this.#iterates) void this.#engine.kill()
    else this.#task?.control(control)
  }

  /** Ends the painting and its engine in the middle of whatever they do. Resolves when the engine is gone. */
  async kill(): Promise<void> {
    if (this.#ended) return
    this.#killed = true
    await this.#engine.kill()
  }

  async #paint(): Promise<StylizeResult> {
    for (;;) {
      try {
        this.#memory ??= await this.#memoryNeeds()
        return await this.#stylize()
      } catch (error) {
        if (this.#engine.alive && !this.#killed) throw error
        const { cause } = await this.#engine.exited
        if (this.#killed) throw new ImpastoError('run-killed', { iteration: this.#savedIteration })
        if (this.#order === 'cancel') return this.#cancelled()
        if (!isEngineDeath(error) || cause === 'asked') throw error
        this.#recover(cause, error)
      }
    }
  }

  /** Null where nothing is saved; a checkpoint of no iterations holds nothing. */
  get #savedIteration(): number | null {
    return this.#checkpoint === 0 ? null : this.#checkpoint
  }

  async #memoryNeeds(): Promise<MemoryNeeds> {
    this.#engine = this.#options.engines.engine()
    const needs = await MemoryNeeds.of(this.#job, this.#options.engines)
    if (this.#options.memory === 'check') needs.check()
    return needs
  }

  async #stylize(): Promise<StylizeResult> {
    // It may be another one by now: an engine that has died, or failed elsewhere, takes no more tasks.
    this.#engine = this.#options.engines.engine()
    this.#iterates = false
    const task = this.#engine.run('stylize', this.#jobNow(), {
      onEvent: (event) => {
        this.#report(event)
      },
    })
    this.#task = task
    if (this.#order !== FIRST_ORDER) task.control(this.#order)
    return task.result
  }

  /** The job for the next engine. One that died may have saved the picture as its last act: it can be replaced. */
  #jobNow(): StylizeJob {
    const { output, resume } = this.#job
    if (!this.#restarted) return this.#job
    const overwrite = output.overwrite === 'never' ? 'same-run' : output.overwrite
    return { ...this.#job, output: { ...output, overwrite }, resume: resume || this.#checkpoint !== null }
  }

  #report(event: TaskEvent): void {
    if (event.event === 'phase' && event.phase === 'paint') this.#iterates = true
    if (event.event === 'notice' && event.notice.code === 'resumed') this.#checkpoint = event.notice.iteration
    if (event.event === 'checkpoint') {
      this.#checkpoint = event.iteration
      this.#deaths = 0
    }
    this.#options.onEvent(event)
  }

  /** Returns where the painting may go on with a new engine; throws what ends it otherwise. */
  #recover(cause: EngineDeathCause, error: ImpastoError<'engine-died'>): void {
    this.#deaths += 1
    if (this.#deaths >= DEATHS_THAT_END) throw this.#gaveUp(error)
    this.#restarted = true
    this.#report({
      event: 'notice',
      notice: { code: 'engine-restarted', iteration: this.#checkpoint ?? 0, cause },
    })
  }

  /** What a cancel leaves of a run whose engine has gone before it could answer. */
  #cancelled(): StylizeResult {
    return { output: null, iteration: this.#checkpoint ?? 0, complete: false }
  }

  #gaveUp({ data }: ImpastoError<'engine-died'>): ImpastoError {
    const smaller = Math.floor(this.#job.recipe.size * SMALLER)
    return new ImpastoError('engine-died', {
      ...data,
      sizeThatFits: this.#memory?.sizeThatFits(smaller) ?? null,
    })
  }
}

function isEngineDeath(error: unknown): error is ImpastoError<'engine-died'> {
  return error instanceof ImpastoError && error.code === 'engine-died'
}
