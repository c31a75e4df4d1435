/**
 * @file One painting from beginning to end, across the deaths of its engine.
 *
 * [Note: Two deaths] A painting goes on from its checkpoint when its engine dies: a crash may be an accident. Where
 * the next engine dies too before it reached a new checkpoint, the third would as well, so the run stops and says
 * why. Where the cause was memory it also says the next size that fits.
 */
import type { TaskControl } from '../../src-shared/contract/engine-messages'
import type { EngineTaskResult } from '../../src-shared/contract/engine-tasks'
import type { TaskEvent } from '../../src-shared/contract/task-events'
import { ImpastoError, reportOf } from '../../src-shared/errors/impasto-error'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
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
  /** Rejects with an ImpastoError. */
  readonly result: Promise<StylizeResult>

  readonly #job: StylizeJob
  readonly #options: StylizeRunOptions
  #task: EngineTask<'stylize'> | null = null
  #lastControl: TaskControl | null = null
  #checkpoint: number | null = null
  #deaths = 0
  #restarted = false

  static start(job: StylizeJob, options: StylizeRunOptions): StylizeRun {
    return new StylizeRun(job, options)
  }

  private constructor(job: StylizeJob, options: StylizeRunOptions) {
    this.#job = job
    this.#options = options
    this.result = this.#paint()
  }

  /** Asks for a pause, its end, a stop or a cancel; also counts for an engine that replaces a dead one. */
  control(control: TaskControl): void {
    this.#lastControl = control
    this.#task?.control(control)
  }

  async #paint(): Promise<StylizeResult> {
    const memory = await MemoryNeeds.of(this.#job, this.#options.engines)
    if (this.#options.memory === 'check') memory.check()
    for (;;) {
      const engine = this.#options.engines.engine()
      try {
        return await this.#paintWith(engine)
      } catch (error) {
        await this.#recover(engine, error, memory)
      }
    }
  }

  async #paintWith(engine: EngineProcess): Promise<StylizeResult> {
    const task = engine.run('stylize', this.#jobNow(), {
      onEvent: (event) => {
        this.#report(event)
      },
    })
    this.#task = task
    if (this.#lastControl !== null) task.control(this.#lastControl)
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
    if (event.event === 'notice' && event.notice.code === 'resumed') this.#checkpoint = event.notice.iteration
    if (event.event === 'checkpoint') {
      this.#checkpoint = event.iteration
      this.#deaths = 0
    }
    this.#options.onEvent(event)
  }

  /** Returns where the painting may go on with a new engine; throws what ends it otherwise. */
  async #recover(engine: EngineProcess, error: unknown, memory: MemoryNeeds): Promise<void> {
    if (!isEngineDeath(error)) {
      // A step that failed leaves its tensors behind: the next painting gets a fresh engine.
      if (reportOf(error).code === 'unexpected') await engine.shutDown()
      throw error
    }
    const { cause } = await engine.exited
    if (cause === 'asked') throw error
    this.#deaths += 1
    if (this.#deaths >= DEATHS_THAT_END) throw this.#gaveUp(error, memory)
    this.#restarted = true
    this.#report({
      event: 'notice',
      notice: { code: 'engine-restarted', iteration: this.#checkpoint ?? 0, cause },
    })
  }

  #gaveUp({ data }: ImpastoError<'engine-died'>, memory: MemoryNeeds): ImpastoError {
    const smaller = Math.floor(this.#job.recipe.size * SMALLER)
    return new ImpastoError('engine-died', { ...data, sizeThatFits: memory.sizeThatFits(smaller) })
  }
}

function isEngineDeath(error: unknown): error is ImpastoError<'engine-died'> {
  return error instanceof ImpastoError && error.code === 'engine-died'
}
