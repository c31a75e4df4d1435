/**
 * @file The painting of the window: one at a time, from the recipe to the saved picture, with pause, stop,
 * continuation, and the runs that an earlier window left unfinished.
 */
import { join } from 'node:path'
import type { UnfinishedRun, WindowParsedArguments } from '../../../src-shared/contract/window-contract'
import type { TaskEvent } from '../../../src-shared/contract/task-events'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import {
  isUnderWay,
  nextRunState,
  type RunEvent,
  type RunStart,
  type RunState,
} from '../../../src-shared/model/run-state'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { windowReport } from '../../ipc/window-report'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import { StylizeRun } from '../../jobs/stylize-run'
import type { Library } from '../../storage/library'
import { uniqueRunId } from '../../storage/run-id'
import { deleteRun, listRuns, runFolder, type RunRecord } from '../../storage/runs'
import type { ImageStore } from '../pictures/image-store'
import type { PictureShelf } from '../pictures/picture-shelf'

export interface PaintingRunsOptions {
  readonly painter: EngineKeeper
  readonly library: Library
  readonly shelf: PictureShelf
  readonly images: ImageStore
  readonly onEvent: (event: RunEvent, state: RunState | null) => void
}

export class PaintingRuns {
  #state: RunState | null = null
  #job: StylizeJob | null = null
  #run: StylizeRun | null = null

  constructor(private readonly options: PaintingRunsOptions) {}

  /** The painting that the window shows; null before the first. */
  get state(): RunState | null {
    return this.#state
  }

  /** The file of the finished painting. */
  get output(): string {
    if (this.#job === null || this.#state?.status !== 'done') {
      throw new ImpastoError('unexpected', { message: 'There is no finished painting.' })
    }
    return this.#job.output.path
  }

  async paint(request: WindowParsedArguments<'paint'>): Promise<void> {
    const { library, shelf } = this.options
    const { photograph, framing, painting, initialImage, recipe } = request
    const framed = await shelf.framed(photograph, framing)
    const runId = uniqueRunId(new Date())
    const job: StylizeJob = {
      runId,
      folder: runFolder(library, runId),
      photograph: { path: shelf.path(photograph), framing },
      painting: { path: shelf.path(painting) },
      initialImage: initialImage === null ? null : shelf.path(initialImage),
      recipe,
      additionalIterations: 0,
      output: { path: join(library.pictures, `${runId}.png`), overwrite: 'same-run' },
      resume: false,
      maker: 'window',
      previews: true,
    }
    this.#start(job, {
      runId,
      photograph: shelf.picture(photograph),
      framing,
      framed,
      painting: shelf.picture(painting),
      recipe,
      additionalIterations: 0,
    })
  }

  control(control: 'pause' | 'resume' | 'stop'): void {
    if (this.#run === null) return
    this.#run.control(control)
    this.#tell({ kind: 'asked', control })
  }

  /** Goes on where the painting that is shown ended, or where it failed. */
  continue(additionalIterations: number): void {
    if (this.#job === null || this.#state === null) {
      throw new ImpastoError('unexpected', { message: 'There is no painting to continue.' })
    }
    const total = this.#job.additionalIterations + additionalIterations
    const job = { ...this.#job, additionalIterations: total, resume: this.#state.savedIteration > 0 }
    this.#start(job, { ...this.#state.start, additionalIterations: total })
  }

  /** The window's own runs that were cut off, the latest first. */
  async unfinished(): Promise<readonly UnfinishedRun[]> {
    const { library, shelf } = this.options
    const own = (await interruptedRuns(library)).filter(({ job }) => job.maker === 'window')
    return own.map(({ id, job, iteration, total }) => ({
      runId: id,
      photograph: shelf.nameOf(job.photograph.path),
      painting: shelf.nameOf(job.painting.path),
      iteration,
      total,
    }))
  }

  /** Takes up a run that was cut off. `finish` saves it as it is. */
  async resume(runId: string, finish: boolean): Promise<void> {
    const { library, shelf } = this.options
    const found = (await interruptedRuns(library)).find(({ id }) => id === runId)
    if (found === undefined) {
      throw new ImpastoError('nothing-to-resume', { path: runFolder(library, runId) })
    }
    const { job } = found
    const photograph = await shelf.pictureOf(job.photograph.path)
    this.#start(
      { ...job, resume: true, previews: true },
      {
        runId,
        photograph,
        framing: job.photograph.framing,
        framed: await shelf.framed(photograph.id, job.photograph.framing),
        painting: await shelf.pictureOf(job.painting.path),
        recipe: job.recipe,
        additionalIterations: job.additionalIterations,
      },
    )
    if (finish) this.control('stop')
  }

  /** Deletes a run that was cut off. */
  async discard(runId: string): Promise<void> {
    await deleteRun(runFolder(this.options.library, runId))
  }

  #start(job: StylizeJob, start: RunStart): void {
    if (this.#state !== null && isUnderWay(this.#state.status)) {
      throw new ImpastoError('run-busy', { processId: process.pid })
    }
    this.#job = job
    this.#tell({ kind: 'started', start })
    const run = StylizeRun.start(job, {
      engines: this.options.painter,
      memory: 'check',
      onEvent: (event) => {
        this.#forward(event)
      },
    })
    this.#run = run
    void this.#finish(run, job.output.path)
  }

  #forward(event: TaskEvent): void {
    if (event.event === 'preview') {
      const { iteration, width, height, jpeg } = event
      const image = this.options.images.addPreview(Buffer.from(jpeg, 'base64'))
      this.#tell({ kind: 'preview', iteration, shown: { image, width, height } })
    } else if (event.event !== 'done') {
      this.#tell({ kind: 'task', event })
    }
  }

  async #finish(run: StylizeRun, output: string): Promise<void> {
    try {
      const { iteration, complete } = await run.result
      const { width, height } = await this.options.shelf.inspect(output)
      const shown = { image: this.options.images.addFile(output), width, height }
      this.#run = null
      this.#tell({ kind: 'done', shown, iteration, complete, seconds: this.#state?.seconds ?? 0 })
    } catch (thrown) {
      this.#run = null
      this.#tell({ kind: 'failed', error: windowReport(thrown) })
    }
  }

  #tell(event: RunEvent): void {
    this.#state = nextRunState(this.#state, event)
    this.options.onEvent(event, this.#state)
  }
}

async function interruptedRuns(library: Library): Promise<readonly RunRecord[]> {
  return (await listRuns(library)).runs.filter((run) => run.state === 'interrupted' && run.hasCheckpoint)
}
