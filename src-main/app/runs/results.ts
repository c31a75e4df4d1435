/** @file The paintings that this library holds: listed, looked at, deleted. */
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { scaleAt, scheduleOf } from '../../../src-shared/math/schedule'
import { wholePicture } from '../../../src-shared/model/framing'
import type { Result } from '../../../src-shared/model/result'
import { startedRun, type RunState } from '../../../src-shared/model/run-state'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import type { Library } from '../../storage/library'
import { withPresentPictures } from '../../storage/moved-pictures'
import { askDisk } from '../../storage/outside-disks'
import { picturePlace } from '../../storage/picture-place'
import { listRuns, type RunList } from '../../storage/run-list'
import { deleteRun, readRun, runFolder, thumbnailPath, type RunRecord } from '../../storage/runs'
import { readSidecar, sidecarPath } from '../../storage/sidecar'
import type { ImageStore } from '../pictures/image-store'
import type { PictureShelf } from '../pictures/picture-shelf'
import { startOf } from './run-starts'

/** The strip shows 72 px; a screen may have three pixels for each. */
const THUMBNAIL_LONG_SIDE = 288

export interface ResultsOptions {
  readonly library: Library
  readonly shelf: PictureShelf
  readonly images: ImageStore
  readonly engines: EngineKeeper
  /** Moves a file to the system's bin; rejects where there is none. */
  readonly moveToBin: (path: string) => Promise<void>
}

export interface ResultList {
  /** The latest first. */
  readonly results: readonly Result[]
  /** Paintings whose picture is not where it was: deleted by hand, or on a disk that is not there. */
  readonly absent: number
}

interface SortedRuns {
  readonly results: readonly Result[]
  readonly absent: readonly RunRecord[]
}

export class Results {
  /** Deleted, but not yet in the bin: a person may still think better of it. */
  readonly #deleted = new Set<string>()
  /** Image ids of the thumbnails that are known. */
  readonly #thumbnails = new Map<string, string>()

  readonly #options: ResultsOptions

  constructor(options: ResultsOptions) {
    this.#options = options
  }

  async list(): Promise<ResultList> {
    return this.among(await this.#runs())
  }

  /** The same as `list` where the runs of the library are known. */
  async among(runs: RunList): Promise<ResultList> {
    const { results, absent } = await this.#sorted(runs)
    return { results, absent: absent.length }
  }

  /**
   * Forgets the paintings whose picture was deleted by hand: their records go, and no other file. One whose folder cannot
   * be looked into stays, as its disk may only be away. Returns how many stay.
   */
  async forgetAbsent(): Promise<number> {
    for (const { folder } of (await this.#sorted(await this.#runs())).absent) {
      await deleteRun(folder, () => this.#checkGone(folder)).catch(() => undefined)
    }
    return (await this.list()).absent
  }

  #runs(): Promise<RunList> {
    return listRuns(this.#options.library)
  }

  async #sorted({ runs }: RunList): Promise<SortedRuns> {
    const candidates = runs.filter(({ id, job }) => job.maker === 'window' && !this.#deleted.has(id))
    const results = await Promise.all(candidates.map((run) => this.#resultOf(run)))
    const withoutPicture = candidates.filter((_, index) => results[index] === null)
    return {
      results: results.filter((result) => result !== null),
      absent: withoutPicture.filter(({ state }) => state === 'finished' || state === 'stopped'),
    }
  }

  /** A painting that has just ended, with its thumbnail; null where it has no picture, or was deleted meanwhile. */
  async ended(runId: string): Promise<Result | null> {
    const run = await readRun(runFolder(this.#options.library, runId))
    if (run === null) return null
    this.#thumbnails.delete(runId)
    await this.#renderThumbnail(run).catch(() => undefined)
    const result = await this.#resultOf(run)
    return this.isDeleted(runId) ? null : result
  }

  /** Thumbnails for the paintings that lack one; each is told as it is ready. */
  async completeThumbnails(tell: (result: Result) => void): Promise<void> {
    for (const { runId, thumbnail } of (await this.list()).results) {
      if (thumbnail !== null) continue
      const result = await this.ended(runId)
      if (result !== null && result.thumbnail !== null) tell(result)
    }
  }

  /**
   * A painting as the stage shows it.
   *
   * @throws ImpastoError `file-missing` where its picture is gone, or deleted
   */
  async stateOf(runId: string): Promise<RunState> {
    const { shelf, library } = this.#options
    const run = await this.#run(runId)
    const { path } = run.job.output
    if (this.isDeleted(runId) || (await pictureFacts(path)) === null)
      throw new ImpastoError('file-missing', { path })
    const image = this.#options.images.addFile(path)
    const savedIteration = run.hasCheckpoint ? run.iteration : 0
    const standIn = async () => {
      const { width, height } = await shelf.inspect(path)
      return { image, width, height }
    }
    const job = await withPresentPictures(run.job, library)
    const start = await startOf(job, shelf, { standIn, resumedFrom: savedIteration })
    const sidecar = await askDisk(dirname(path), () => readSidecar(path).catch(() => null), null)
    const iteration = sidecar?.iteration ?? run.iteration
    const { width, height } = scaleAt(
      scheduleOf(start.framed, start.recipe, start.additionalIterations),
      iteration,
    )
    return {
      ...startedRun(start),
      status: run.state === 'finished' ? 'finished' : 'stopped',
      iteration,
      total: run.total,
      width,
      height,
      seconds: sidecar?.machine.seconds ?? 0,
      shown: { image, width, height, iteration },
      savedIteration,
    }
  }

  /** The picture's file. @throws ImpastoError `file-missing` */
  async pathOf(runId: string): Promise<string> {
    return (await this.#run(runId)).job.output.path
  }

  /** What the photograph and the painting are called. */
  async namesOf(runId: string): Promise<{ readonly photograph: string; readonly painting: string }> {
    const { job } = await this.#run(runId)
    const { shelf } = this.#options
    return { photograph: shelf.nameOf(job.photograph.path), painting: shelf.nameOf(job.painting.path) }
  }

  /** Takes a painting out of sight until `bin` or `restore` says what becomes of it. */
  delete(runId: string): void {
    this.#deleted.add(runId)
  }

  /** It is out of sight: `bin` or `restore` has yet to say what becomes of it. */
  isDeleted(runId: string): boolean {
    return this.#deleted.has(runId)
  }

  /** @throws ImpastoError `file-missing` where it is in the bin already */
  async restore(runId: string): Promise<Result> {
    this.#deleted.delete(runId)
    const result = await this.#resultOf(await this.#run(runId))
    if (result === null) throw new ImpastoError('file-missing', { path: runId })
    return result
  }

  /**
   * Moves the picture and its sidecar to the system's bin and deletes the run. One that somebody else has deleted is
   * where it shall be.
   *
   * @throws ImpastoError `bin-unavailable`, `run-busy`, after which the painting is where it was
   */
  async bin(runId: string): Promise<void> {
    if (!this.#deleted.has(runId)) return
    const run = await readRun(runFolder(this.#options.library, runId))
    try {
      if (run !== null) await deleteRun(run.folder, () => this.#binPicture(run.job.output.path))
    } finally {
      // Not before: until it is gone it must not be seen.
      this.#deleted.delete(runId)
    }
  }

  async #binPicture(path: string): Promise<void> {
    if ((await picturePlace(path, this.#options.library)) !== 'gone') await this.#moveToBin(path)
    await this.#moveToBin(sidecarPath(path)).catch(() => undefined)
  }

  /** Puts into the bin what was deleted and not taken back. Never rejects: what cannot be deleted stays. */
  async binDeleted(): Promise<void> {
    for (const runId of [...this.#deleted]) await this.bin(runId).catch(() => undefined)
  }

  async #moveToBin(path: string): Promise<void> {
    try {
      await this.#options.moveToBin(path)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new ImpastoError('bin-unavailable', { path, reason }, { cause })
    }
  }

  async #run(runId: string): Promise<RunRecord> {
    const run = await readRun(runFolder(this.#options.library, runId))
    if (run === null) throw new ImpastoError('file-missing', { path: runId })
    return run
  }

  /** Null where the run has no picture (yet, or any more). */
  async #resultOf(run: RunRecord): Promise<Result | null> {
    const { id, job, iteration, total } = run
    const picture = (await pictureFacts(job.output.path)) ?? (await movedPicture(run))
    if (picture === null) return null
    const { shelf } = this.#options
    return {
      runId: id,
      photograph: shelf.nameOf(job.photograph.path),
      painting: shelf.nameOf(job.painting.path),
      recipe: job.recipe,
      ended: picture.mtimeMs,
      iteration,
      total,
      thumbnail: await this.#thumbnailOf(run),
    }
  }

  async #thumbnailOf({ id, folder }: RunRecord): Promise<string | null> {
    const known = this.#thumbnails.get(id)
    if (known !== undefined) return known
    const path = thumbnailPath(folder)
    if ((await fileFacts(path)) === null) return null
    const thumbnail = this.#options.images.addFile(path)
    this.#thumbnails.set(id, thumbnail)
    return thumbnail
  }

  /** @throws ImpastoError `output-exists` where the picture is there after all, or may be */
  async #checkGone(folder: string): Promise<void> {
    const path = (await readRun(folder))?.job.output.path
    if (path !== undefined && (await picturePlace(path, this.#options.library)) !== 'gone') {
      throw new ImpastoError('output-exists', { path })
    }
  }

  async #renderThumbnail({ folder, job }: RunRecord): Promise<void> {
    await this.#options.engines.engine().run('render-picture', {
      path: job.output.path,
      framing: wholePicture,
      longSide: THUMBNAIL_LONG_SIDE,
      output: thumbnailPath(folder),
    }).result
  }
}

/** Null also where its disk does not answer (see [Note: Disks that hang]). */
async function pictureFacts(path: string): Promise<Stats | null> {
  return askDisk(dirname(path), () => fileFacts(path), null)
}

async function fileFacts(path: string): Promise<Stats | null> {
  return stat(path).catch(() => null)
}

/** Pictures can be moved between the reading of a run and the look for its picture; the run is told before the move. */
async function movedPicture({ folder, job }: RunRecord): Promise<Stats | null> {
  const path = (await readRun(folder))?.job.output.path
  return path === undefined || path === job.output.path ? null : pictureFacts(path)
}
