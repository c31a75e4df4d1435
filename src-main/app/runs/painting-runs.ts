/**
 * @file The paintings of the window: one at a time, from the recipe to the saved picture, with pause, stop,
 * continuation, and the runs that an earlier window left unfinished. Each is a job of the queue, whether it is begun at
 * once or waits for its turn.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { UnfinishedRun, WindowParsedArguments } from '../../../src-shared/contract/window-contract'
import type { PaintingEvent } from '../../../src-shared/contract/painting-events'
import { ImpastoError, reportOf } from '../../../src-shared/errors/impasto-error'
import {
  nextRunState,
  type RunEvent,
  type RunStart,
  type RunState,
} from '../../../src-shared/model/run-state'
import { canWish, isUnderWay } from '../../../src-shared/model/run-status'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { windowReport } from '../../ipc/window-report'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import type { JobEnd, JobQueue } from '../../jobs/queue/job-queue'
import { startStylizeRun, type StylizeRun } from '../../jobs/stylize-run'
import type { Library } from '../../storage/library'
import { withPresentPictures } from '../../storage/moved-pictures'
import { picturePlace } from '../../storage/picture-place'
import { uniqueRunId } from '../../storage/run-id'
import { untilRunIsFree } from '../../storage/run-lock'
import {
  deleteCheckpoint,
  deleteRun,
  readRun,
  recordOutput,
  runFolder,
  type RunRecord,
} from '../../storage/runs'
import type { ImageStore } from '../pictures/image-store'
import type { PictureShelf } from '../pictures/picture-shelf'
import { startOf } from './run-starts'
import type { RunsInUse } from './runs-in-use'

export interface PaintingRunsOptions {
  readonly painter: EngineKeeper
  readonly queue: JobQueue
  readonly library: Library
  readonly inUse: RunsInUse
  /** Where new paintings are saved. */
  readonly picturesFolder: () => string
  readonly shelf: PictureShelf
  readonly images: ImageStore
  readonly onEvent: (runId: string, event: RunEvent, state: RunState | null) => void
  /** A picture was saved. */
  readonly onSaved: (runId: string) => void
}

interface PaintingRun {
  readonly job: StylizeJob
  readonly run: StylizeRun
}

type PaintRequest = WindowParsedArguments<'paint'>
type QueueRequest = WindowParsedArguments<'queuePainting'>
type ContinueRequest = WindowParsedArguments<'continueRun'>

export class PaintingRuns {
  #state: RunState | null = null
  #current: PaintingRun | null = null

  readonly #options: PaintingRunsOptions

  constructor(options: PaintingRunsOptions) {
    this.#options = options
  }

  /** The painting that was begun last; null before the first. */
  get state(): RunState | null {
    return this.#state
  }

  /** Begins a painting before all that are queued; where one is under way only `instead` of it. */
  async paint(request: PaintRequest): Promise<void> {
    if (this.#isUnderWay && !request.instead) return
    await this.#begin(() => this.#prepare(request))
  }

  /** Has a painting wait for its turn, as it is asked for now; it begins at once where nothing is under way. */
  async queue(request: QueueRequest): Promise<void> {
    const { job, letGo } = await this.#prepare(request)
    // Whoever begins it takes it for himself.
    letGo()
    this.#options.queue.add(job)
  }

  /**
   * Begins a painting whose turn has come: from its checkpoint, where it has one. One that came to its end with the
   * program before is not painted again.
   *
   * @throws ImpastoError why it cannot be begun: a picture that is gone, a checkpoint that is, no place for it
   */
  async beginQueued(queued: StylizeJob): Promise<{ readonly ended: JobEnd }> {
    const folder = runFolder(this.#options.library, queued.runId)
    // The engine of a program that was killed leaves as soon as its step is done.
    await untilRunIsFree(folder)
    const record = await readRun(folder)
    const hasEnded = record?.state === 'finished' || (record?.state === 'stopped' && !queued.resume)
    if (hasEnded && record.job.additionalIterations === queued.additionalIterations) {
      return { ended: Promise.resolve(null) }
    }
    const letGo = this.#options.inUse.take(queued.runId, 'painting')
    try {
      return {
        ended: this.#start({
          ...(await this.#begun(await withPresentPictures(queued, this.#options.library), record)),
          letGo,
        }),
      }
    } catch (error) {
      letGo()
      throw error
    }
  }

  /**
   * Goes on with a painting that ended, failed or was cut off.
   *
   * @throws ImpastoError `nothing-to-resume` where its checkpoint is gone: it never begins from nothing over a picture
   *   that was painted; `run-in-use` where its picture is being moved
   */
  async continue({ runId, additionalIterations, anew, finish }: ContinueRequest): Promise<void> {
    if (this.#isUnderWay) return
    await this.#begin(() => (anew ? this.#retry(runId) : this.#takeUp(runId, additionalIterations)))
    if (finish) this.control(runId, 'stop')
  }

  control(runId: string, control: WindowParsedArguments<'controlRun'>['control']): void {
    if (this.#current?.job.runId !== runId || !canWish(this.#state, control)) return
    if (control === 'stop-now') {
      void this.#current.run.kill()
      return
    }
    this.#current.run.control(control)
    this.#tell(runId, { kind: 'asked', control })
  }

  /** The window's own among `runs` that were cut off, in their order. */
  unfinished(runs: readonly RunRecord[]): readonly UnfinishedRun[] {
    const { shelf } = this.#options
    const own = runs.filter(
      ({ job, state, hasCheckpoint }) => job.maker === 'window' && state === 'interrupted' && hasCheckpoint,
    )
    return own
      .filter(({ id }) => id !== this.#state?.start.runId)
      .map(({ id, job, iteration, total }) => ({
        runId: id,
        photograph: shelf.nameOf(job.photograph.path),
        painting: shelf.nameOf(job.painting.path),
        iteration,
        total,
      }))
  }

  /**
   * Deletes a run that was cut off; where it went on from a picture, that picture stays as it is, and so does its record.
   * A picture whose disk is away may be there again.
   */
  async discard(runId: string): Promise<void> {
    const folder = runFolder(this.#options.library, runId)
    const record = await readRun(folder)
    const hasNoPicture =
      record === null || (await picturePlace(record.job.output.path, this.#options.library)) === 'gone'
    await (hasNoPicture ? deleteRun(folder) : deleteCheckpoint(folder))
  }

  /** Lets go of a painting that was deleted: a window that is loaded anew does not show it. */
  forget(runId: string): void {
    if (this.#state?.start.runId === runId && !this.#isUnderWay) this.#state = null
  }

  get #isUnderWay(): boolean {
    return this.#state !== null && isUnderWay(this.#state.status)
  }

  /** Another wish to begin a painting, while one is being prepared, came twice (see [Note: Twice or too late]). */
  async #begin(prepare: () => Promise<Beginning>): Promise<void> {
    const { queue } = this.#options
    const release = queue.hold()
    if (release === null) return
    try {
      const beginning = await prepare()
      try {
        await this.#endCurrent()
        queue.began(beginning.job, this.#start(beginning))
      } catch (error) {
        beginning.letGo()
        throw error
      }
      if (beginning.replaces !== null) await this.#dropBlank(beginning.replaces)
    } finally {
      release()
    }
  }

  /** Deletes what a painting left that failed before it began. Never rejects: what cannot be deleted stays. */
  async #dropBlank(runId: string): Promise<void> {
    this.#options.queue.remove([runId])
    const folder = runFolder(this.#options.library, runId)
    const record = await readRun(folder)
    if (record === null || record.hasCheckpoint || existsSync(record.job.output.path)) return
    await deleteRun(folder).catch(() => undefined)
  }

  async #prepare({ photograph, framing, painting, initialImage, recipe }: QueueRequest): Promise<Beginning> {
    const { shelf } = this.#options
    const framed = await shelf.framed(photograph, framing)
    const job: StylizeJob = {
      kind: 'stylize',
      ...this.#newRun(),
      photograph: { path: shelf.path(photograph), framing },
      painting: { path: shelf.path(painting) },
      initialImage: initialImage === null ? null : shelf.path(initialImage),
      recipe,
      additionalIterations: 0,
      resume: false,
      maker: 'window',
      previews: true,
    }
    const start: RunStart = {
      runId: job.runId,
      photograph: shelf.picture(photograph),
      framing,
      framed,
      painting: shelf.picture(painting),
      recipe,
      initialImage: initialImage === null ? null : shelf.picture(initialImage),
      additionalIterations: 0,
      resumedFrom: 0,
    }
    return { job, start, replaces: null, letGo: this.#options.inUse.take(job.runId, 'painting') }
  }

  /** From here on nobody moves its picture. */
  async #takeUp(runId: string, additionalIterations: number): Promise<Beginning> {
    const letGo = this.#options.inUse.take(runId, 'painting')
    try {
      return { ...(await this.#recorded(runId, additionalIterations)), letGo }
    } catch (error) {
      letGo()
      throw error
    }
  }

  /** A job whose turn has come, from where it is; without a checkpoint it has its place where new paintings go now. */
  async #begun(queued: StylizeJob, record: RunRecord | null): Promise<Pick<Beginning, 'job' | 'start'>> {
    if (record?.hasCheckpoint === true) {
      const job = await this.#withPlace({ ...queued, output: record.job.output, resume: true })
      return { job, start: await this.#startOf(job, record.iteration) }
    }
    if (queued.resume) throw new ImpastoError('nothing-to-resume', { path: queued.folder })
    const job = { ...queued, output: { ...queued.output, path: this.#newPath(queued.runId) } }
    return { job, start: await this.#startOf(job, 0) }
  }

  async #recorded(runId: string, additionalIterations: number): Promise<Omit<Beginning, 'letGo'>> {
    const folder = runFolder(this.#options.library, runId)
    const record = await readRun(folder)
    if (record?.hasCheckpoint !== true) throw new ImpastoError('nothing-to-resume', { path: folder })
    const job: StylizeJob = {
      ...(await withPresentPictures(record.job, this.#options.library)),
      additionalIterations: record.job.additionalIterations + additionalIterations,
      resume: true,
      previews: true,
    }
    const start = await this.#startOf(job, record.iteration)
    return { job: await this.#withPlace(job), start, replaces: null }
  }

  /**
   * The job with a place for its picture: where that lies, else the folder that new paintings go into now. The folder of
   * its beginning may be gone for good.
   *
   * @throws ImpastoError `run-busy`, `disk-full`, `output-unwritable` where the place cannot be written down
   */
  async #withPlace(job: StylizeJob): Promise<StylizeJob> {
    const path = this.#newPath(job.runId)
    if (job.output.path === path || (await picturePlace(job.output.path, this.#options.library)) === 'there')
      return job
    await recordOutput(job.folder, path)
    return { ...job, output: { ...job.output, path } }
  }

  /** The painting that failed before anything of it was saved, once more: as another run, over nobody's picture. */
  async #retry(runId: string): Promise<Beginning> {
    const failed = this.#current?.job
    if (failed?.runId !== runId || !canWish(this.#state, 'retry')) {
      throw new ImpastoError('nothing-to-resume', { path: runFolder(this.#options.library, runId) })
    }
    const job = {
      ...(await withPresentPictures(failed, this.#options.library)),
      ...this.#newRun(),
      additionalIterations: 0,
      resume: false,
    }
    const start = await this.#startOf(job, 0)
    return { job, start, replaces: runId, letGo: this.#options.inUse.take(job.runId, 'painting') }
  }

  /** A run that nobody has begun yet, and where its picture goes. */
  #newRun(): Pick<StylizeJob, 'runId' | 'folder' | 'output'> {
    const runId = uniqueRunId(new Date())
    const output = { path: this.#newPath(runId), overwrite: 'same-run' } as const
    return { runId, folder: runFolder(this.#options.library, runId), output }
  }

  #newPath(runId: string): string {
    return join(this.#options.picturesFolder(), `${runId}.png`)
  }

  #startOf(job: StylizeJob, resumedFrom: number): Promise<RunStart> {
    return startOf(job, this.#options.shelf, { standIn: null, resumedFrom })
  }

  /** Ends the painting under way, if there is one. What it has painted is saved; what it has not begun is deleted. */
  async #endCurrent(): Promise<void> {
    if (this.#current === null || this.#state === null || !this.#isUnderWay) return
    const { job, run } = this.#current
    const isBlank = this.#state.iteration === 0 && !job.resume
    run.control(isBlank ? 'cancel' : 'stop')
    // It counts as stopping, where it does not save already: either can still be forced.
    this.#tell(job.runId, { kind: 'asked', control: 'stop' })
    await this.#options.queue.ended()
    if (isBlank) await this.discard(job.runId).catch(() => undefined)
  }

  #start({ job, start, letGo }: Omit<Beginning, 'replaces'>): JobEnd {
    this.#tell(job.runId, { kind: 'started', start })
    const run = startStylizeRun(job, {
      engines: this.#options.painter,
      memory: 'check',
      onEvent: (event) => {
        this.#forward(job.runId, event)
      },
    })
    this.#current = { job, run }
    return this.#finish(run, job, letGo)
  }

  #forward(runId: string, event: PaintingEvent): void {
    if (event.event === 'preview') {
      const { iteration, width, height, jpeg } = event
      const image = this.#options.images.addPreview(Buffer.from(jpeg, 'base64'))
      this.#tell(runId, { kind: 'preview', iteration, shown: { image, width, height } })
    } else if (event.event !== 'done') {
      this.#tell(runId, { kind: 'task', event })
    }
  }

  async #finish(run: StylizeRun, { runId }: StylizeJob, letGo: () => void): JobEnd {
    try {
      const { output, iteration, complete } = await run.result.finally(letGo)
      const { width = 1, height = 1, seconds = 0 } = this.#state ?? {}
      // Cancelled: another painting takes its place, and nothing of it is shown.
      if (output === null) return null
      const shown = { image: this.#options.images.addFile(output), width, height }
      this.#tell(runId, { kind: 'done', shown, iteration, complete, seconds })
      this.#options.onSaved(runId)
      return null
    } catch (thrown) {
      this.#tell(runId, { kind: 'failed', error: windowReport(thrown) })
      return reportOf(thrown)
    }
  }

  #tell(runId: string, event: RunEvent): void {
    this.#state = nextRunState(this.#state, event)
    this.#options.queue.note(runId, this.#state?.status === 'pausing' || this.#state?.status === 'paused')
    this.#options.onEvent(runId, event, this.#state)
  }
}

interface Beginning {
  readonly job: StylizeJob
  readonly start: RunStart
  /** The painting that failed and is begun anew by this one. */
  readonly replaces: string | null
  /** Ends its use of the run. */
  readonly letGo: () => void
}
