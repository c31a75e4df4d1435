/**
 * @file A long task from beginning to end, across the deaths of its engine.
 *
 * [Note: Two deaths] A task goes on from its checkpoint when its engine dies: a crash may be an accident. Where the
 * next engine dies too before it reached a new checkpoint, the third would as well, so the task ends and says why.
 */
import type { TaskControl } from '../../src-shared/contract/engine-messages'
import type {
  EngineTaskArguments,
  EngineTaskEvent,
  EngineTaskResult,
  LongTaskName,
} from '../../src-shared/contract/engine-tasks'
import { FIRST_ORDER, standingOrder } from '../../src-shared/contract/standing-order'
import type { TaskNoticeEvent } from '../../src-shared/contract/task-events'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import type { EngineDeathCause } from './engine-exit'
import type { EngineKeeper } from './engine-keeper'
import type { EngineProcess, EngineTask } from './engine-process'

/** What is known of a task when an engine is given it. */
export interface TaskAttempt {
  /** An engine before this one has died at it. */
  readonly restarted: boolean
  /** The iteration of the last checkpoint; null where there is none that is known. */
  readonly checkpoint: number | null
}

/** What distinguishes one kind of task from another, where its engine may die. */
export interface SupervisionPolicy<Name extends LongTaskName> {
  readonly task: Name
  /** Done before the first attempt, and once more where an engine died at it. Rejects with what forbids the task. */
  prepare(engines: EngineKeeper): Promise<void>
  argumentsFor(attempt: TaskAttempt): EngineTaskArguments<Name>
  /** Whether from this event on the engine iterates, and so reads what it is told between two iterations. */
  iteratesFrom(event: EngineTaskEvent<Name>): boolean
  /** What a cancel leaves of a task whose engine has gone before it could answer. */
  cancelled(checkpoint: number | null): EngineTaskResult<Name>
  /** The death that ends the task, with what may be done about it. */
  gaveUp(death: ImpastoError<'engine-died'>): ImpastoError
}

export interface SupervisionOptions<Name extends LongTaskName> {
  readonly engines: EngineKeeper
  readonly onEvent: (event: EngineTaskEvent<Name>) => void
}

/** Deaths without a checkpoint between them that end the task. */
const DEATHS_THAT_END = 2

export class SupervisedTask<Name extends LongTaskName> {
  /** Rejects with an ImpastoError; with `run-killed` after `kill`. */
  readonly result: Promise<EngineTaskResult<Name>>

  readonly #policy: SupervisionPolicy<Name>
  readonly #options: SupervisionOptions<Name>
  #engine: EngineProcess
  #isPrepared = false
  #task: EngineTask<Name> | null = null
  #order = FIRST_ORDER
  #checkpoint: number | null = null
  #iterates = false
  #deaths = 0
  #restarted = false
  #killed = false
  #ended = false

  static start<Name extends LongTaskName>(
    policy: SupervisionPolicy<Name>,
    options: SupervisionOptions<Name>,
  ): SupervisedTask<Name> {
    return new SupervisedTask(policy, options)
  }

  private constructor(policy: SupervisionPolicy<Name>, options: SupervisionOptions<Name>) {
    this.#policy = policy
    this.#options = options
    this.#engine = options.engines.engine()
    this.result = this.#complete().finally(() => {
      this.#ended = true
    })
  }

  /**
   * Asks for a pause, its end, a stop or a cancel; also counts for an engine that replaces a dead one
   * (see [Note: Once it ends, it ends]). It is answered between two iterations. Before the first there is nothing to
   * keep and nobody who listens (a picture that cannot be decoded may hang there), so a cancel then ends the engine.
   */
  control(control: TaskControl): void {
    if (this.#ended) return
    this.#order = standingOrder(this.#order, control)
    if (this.#order === 'cancel' && !this.#iterates) void this.#engine.kill()
    else this.#task?.control(control)
  }

  /** Ends the task and its engine in the middle of whatever they do. Resolves when the engine is gone. */
  async kill(): Promise<void> {
    if (this.#ended) return
    this.#killed = true
    await this.#engine.kill()
  }

  async #complete(): Promise<EngineTaskResult<Name>> {
    for (;;) {
      try {
        await this.#prepare()
        return await this.#attempt()
      } catch (error) {
        if (this.#engine.alive && !this.#killed) throw error
        const { cause } = await this.#engine.exited
        if (this.#killed) throw new ImpastoError('run-killed', { iteration: this.#savedIteration })
        if (this.#order === 'cancel') return this.#policy.cancelled(this.#checkpoint)
        if (!isEngineDeath(error) || cause === 'asked') throw error
        this.#recover(cause, error)
      }
    }
  }

  /** Null where nothing is saved; a checkpoint of no iterations holds nothing. */
  get #savedIteration(): number | null {
    return this.#checkpoint === 0 ? null : this.#checkpoint
  }

  async #prepare(): Promise<void> {
    if (this.#isPrepared) return
    this.#engine = this.#options.engines.engine()
    await this.#policy.prepare(this.#options.engines)
    this.#isPrepared = true
  }

  async #attempt(): Promise<EngineTaskResult<Name>> {
    // It may be another one by now: an engine that has died, or failed elsewhere, takes no more tasks.
    this.#engine = this.#options.engines.engine()
    this.#iterates = false
    const attempt = { restarted: this.#restarted, checkpoint: this.#checkpoint }
    const task = this.#engine.run(this.#policy.task, this.#policy.argumentsFor(attempt), {
      onEvent: (event) => {
        this.#report(event)
      },
    })
    this.#task = task
    if (this.#order !== FIRST_ORDER) task.control(this.#order)
    return task.result
  }

  #report(event: EngineTaskEvent<Name>): void {
    if (this.#policy.iteratesFrom(event)) this.#iterates = true
    if (event.event === 'notice' && event.notice.code === 'resumed') this.#checkpoint = event.notice.iteration
    if (event.event === 'checkpoint') {
      this.#checkpoint = event.iteration
      this.#deaths = 0
    }
    this.#options.onEvent(event)
  }

  /** Returns where the task may go on with a new engine; throws what ends it otherwise. */
  #recover(cause: EngineDeathCause, death: ImpastoError<'engine-died'>): void {
    this.#deaths += 1
    if (this.#deaths >= DEATHS_THAT_END) throw this.#policy.gaveUp(death)
    this.#restarted = true
    const notice = { code: 'engine-restarted', iteration: this.#checkpoint ?? 0, cause } as const
    // Every long task's events extend the common core, which has this one; the compiler cannot see that of a `Name`.
    this.#report({ event: 'notice', notice } satisfies TaskNoticeEvent as EngineTaskEvent<Name>)
  }
}

function isEngineDeath(error: unknown): error is ImpastoError<'engine-died'> {
  return error instanceof ImpastoError && error.code === 'engine-died'
}
