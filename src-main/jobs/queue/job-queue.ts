/** @file The queue at work: one job at a time, the next when one ends, every change kept on the disk. */
import { reportOf } from '../../../src-shared/errors/impasto-error'
import type { ErrorReport } from '../../../src-shared/errors/codes'
import type { QueueProblem } from '../../../src-shared/model/queue'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { QueueFile, type OpenedQueueFile } from './queue-file'
import {
  nextQueue,
  removable,
  underWay,
  waiting,
  type QueueEvent,
  type QueueState,
  type RemovedEntry,
} from './queue-state'

/** The end of a job that was begun: null, or why it failed. Never rejects. */
export type JobEnd = Promise<ErrorReport | null>

export interface QueueWorker {
  /**
   * Begins a job whose turn has come, from its checkpoint where it has one; resolves as soon as it is begun. Rejects
   * with why it cannot be.
   */
  readonly begin: (job: StylizeJob) => Promise<{ readonly ended: JobEnd }>
  /** The queue has changed. */
  readonly onChange: () => void
}

export class JobQueue {
  readonly #file: QueueFile
  #state: QueueState
  #problem: QueueProblem | null
  #worker: QueueWorker | null = null
  /** Whoever begins a job holds the queue, so that no other is taken meanwhile. */
  #isHeld = false
  #isClosed = false
  #ended: Promise<void> = Promise.resolve()
  readonly #removed = new Map<string, RemovedEntry>()

  /** The queue of a library as the last program left it. Nothing is begun before there is a worker. */
  static async open(folder: string): Promise<JobQueue> {
    return new JobQueue(await QueueFile.open(folder))
  }

  private constructor({ file, kept, problem }: OpenedQueueFile) {
    this.#file = file
    this.#problem = problem
    this.#state = nextQueue(kept, { kind: 'reopened' })
  }

  get state(): QueueState {
    return this.#state
  }

  /** What a person should know of the queue on the disk. */
  get problem(): QueueProblem | null {
    return this.#problem
  }

  /** The files that the jobs need; null where there may be others, in a queue that is not ours. */
  get files(): readonly string[] | null {
    if (!this.#file.isOurs || this.#problem !== null) return null
    const entries = [...this.#state.entries, ...[...this.#removed.values()].map(({ entry }) => entry)]
    return entries.flatMap(({ job }) => [job.photograph.path, job.painting.path, job.initialImage ?? ''])
  }

  /** Begins to take jobs. Called once. */
  serve(worker: QueueWorker): void {
    this.#worker = worker
    this.#takeNext()
  }

  /** Adds a job at the end; it begins at once where nothing is under way. */
  add(job: StylizeJob): void {
    this.#apply({ kind: 'queued', job })
    this.#takeNext()
  }

  /**
   * Keeps the queue from taking a job while somebody begins one; returns what lets go of it. Null where another is being
   * begun: whoever asks now comes twice or too late.
   */
  hold(): (() => void) | null {
    if (this.#isHeld) return null
    this.#isHeld = true
    return () => {
      this.#isHeld = false
      this.#takeNext()
    }
  }

  /** A job was begun before all that wait, by whoever holds the queue, while nothing else is under way. */
  began(job: StylizeJob, ended: JobEnd): void {
    this.#apply({ kind: 'begun', job })
    this.#ended = this.#follow(job.runId, ended)
  }

  /** Resolves, never rejects, when the job under way has come to its end and the queue knows it. */
  ended(): Promise<void> {
    return this.#ended
  }

  /** The job under way stands still, or goes on. */
  note(runId: string, isPaused: boolean): void {
    this.#apply({ kind: isPaused ? 'paused' : 'resumed', runId })
  }

  /** Has a job that was set aside wait again, after all others. */
  retry(runId: string): void {
    this.#apply({ kind: 'retried', runId })
    this.#takeNext()
  }

  /** @param place among those that wait, from 0 */
  move(runId: string, place: number): void {
    this.#apply({ kind: 'moved', runId, place })
  }

  /** Takes out jobs that wait or were set aside; they can be put back until the program ends. */
  remove(runIds: readonly string[]): void {
    for (const removed of removable(this.#state, runIds)) this.#removed.set(removed.entry.job.runId, removed)
    this.#apply({ kind: 'removed', runIds })
  }

  /** Puts back what was removed, where it was. */
  restore(runIds: readonly string[]): void {
    const removed = runIds.flatMap((runId) => this.#removed.get(runId) ?? [])
    for (const runId of runIds) this.#removed.delete(runId)
    this.#apply({ kind: 'restored', removed })
    this.#takeNext()
  }

  /** Takes no other job when the one under way ends, until it is resumed. */
  pause(): void {
    this.#apply({ kind: 'queue-paused' })
  }

  resume(): void {
    this.#apply({ kind: 'queue-resumed' })
    this.#takeNext()
  }

  /** For the end of the program: the queue stays as it is on the disk, whatever becomes of the job under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#file.close()
  }

  #takeNext(): void {
    const [next] = waiting(this.#state)
    const { isPaused } = this.#state
    if (this.#worker === null || next === undefined || isPaused || underWay(this.#state) !== null) return
    if (this.#isClosed || this.#isHeld) return
    this.#isHeld = true
    this.#apply({ kind: 'begun', job: next.job })
    this.#ended = this.#take(next.job, this.#worker)
  }

  async #take(job: StylizeJob, worker: QueueWorker): Promise<void> {
    const beginning = worker.begin(job).finally(() => {
      this.#isHeld = false
    })
    await this.#follow(
      job.runId,
      beginning.then(({ ended }) => ended),
    )
  }

  async #follow(runId: string, ended: JobEnd): Promise<void> {
    const error = await ended.catch(reportOf)
    this.#apply(error === null ? { kind: 'ended', runId } : { kind: 'failed', runId, error })
    this.#takeNext()
  }

  #apply(event: QueueEvent): void {
    if (this.#isClosed) return
    const next = nextQueue(this.#state, event)
    if (next === this.#state) return
    this.#state = next
    void this.#file.write(next).then((problem) => {
      this.#tellProblem(problem)
    })
    this.#worker?.onChange()
  }

  /** What was wrong at the opening is known for as long as the program runs; what is wrong with writing until it is not. */
  #tellProblem(problem: QueueProblem | null): void {
    const isOfWriting = this.#problem === null || (this.#problem.kind === 'not-kept' && this.#file.isOurs)
    if (!isOfWriting || problem?.kind === this.#problem?.kind) return
    this.#problem = problem
    this.#worker?.onChange()
  }
}
