/** @file Where paintings are kept, how much room they take, and how that is changed. */
import { existsSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { LibraryFacts } from '../../src-shared/contract/window-contract'
import type { ErrorReport } from '../../src-shared/errors/codes'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { windowReport } from '../ipc/window-report'
import { checkOutput, isSameFile } from '../storage/check-output'
import { checkpointBytes, clearCheckpoints, tidyCheckpoints } from '../storage/checkpoint-retention'
import { inputError } from '../storage/file-errors'
import { holdSameBytes } from '../storage/file-hash'
import { checkFolderForPictures, folderBytes, type Library } from '../storage/library'
import { askDisk, withinLimit } from '../storage/outside-disks'
import { listRuns, type RunList } from '../storage/run-list'
import { readRun, recordOutput, type RunRecord } from '../storage/runs'
import { sidecarPath } from '../storage/sidecar'
import {
  tryToWriteBeside,
  writeTogether,
  type FileToWrite,
  type WriteOptions,
} from '../storage/write-atomically'
import type { ImageStore } from './pictures/image-store'
import type { PictureShelf } from './pictures/picture-shelf'
import { placeLabel } from '../ipc/place-label'
import type { RunsInUse } from './runs/runs-in-use'
import type { WindowSettingsFile } from './window-settings-file'

/** A picture of the window that is there. */
interface FoundPicture {
  readonly run: RunRecord
  readonly bytes: number
  /** Whether it lies in the folder where new ones are saved. */
  readonly isInFolder: boolean
  /** Why it could not be moved there when that was wished last. */
  readonly error: ErrorReport | null
}

export interface LibraryKeeperOptions {
  readonly library: Library
  readonly settings: WindowSettingsFile
  readonly images: ImageStore
  readonly shelf: PictureShelf
  readonly inUse: RunsInUse
}

export class LibraryKeeper {
  /** By the id of their run: why paintings could not be moved when that was wished last. */
  readonly #failures = new Map<string, ErrorReport>()
  /** Resolves, never rejects, when no painting is being moved. */
  #moving: Promise<void> = Promise.resolve()
  #isLeaving = false

  readonly #library: Library
  readonly #settings: WindowSettingsFile
  readonly #images: ImageStore
  readonly #shelf: PictureShelf
  readonly #inUse: RunsInUse

  constructor({ library, settings, images, shelf, inUse }: LibraryKeeperOptions) {
    this.#library = library
    this.#settings = settings
    this.#images = images
    this.#shelf = shelf
    this.#inUse = inUse
  }

  /** Where new paintings are saved. */
  get picturesFolder(): string {
    return this.#settings.current.picturesFolder ?? this.#library.pictures
  }

  async facts(): Promise<LibraryFacts> {
    const { runs } = await listRuns(this.#library)
    const pictures = await this.#picturesOf(runs)
    const inFolder = pictures.filter(({ isInFolder }) => isInFolder)
    return {
      picturesFolder: placeLabel(this.picturesFolder),
      pictures: { count: inFolder.length, bytes: bytesOf(inFolder) },
      elsewhere: together(pictures.filter(({ isInFolder }) => !isInFolder)),
      checkpoints: { bytes: await checkpointBytes(runs) },
      library: {
        folder: placeLabel(this.#library.folder),
        bytes: await folderBytes(this.#library.folder),
      },
    }
  }

  /**
   * Keeps paintings in `folder` from now on, and moves those that are there. Each is copied, written down and only then
   * deleted where it was, so that none is lost whatever happens; one that cannot be moved now stays where it is, and
   * is found there. The facts tell how many, where and why.
   *
   * @throws ImpastoError `folder-of-library`, `output-folder-missing`, `output-unwritable`, `disk-full` where the folder
   *   cannot take them
   */
  async keepPicturesIn(folder: string): Promise<void> {
    await checkFolderForPictures(this.#library, folder)
    await tryToWriteBeside(join(folder, 'painting.png'))
    this.#settings.change({ picturesFolder: folder === this.#library.pictures ? null : folder })
    this.#moving = this.#moving.then(() => this.#moveAllTo(folder))
    await this.#moving
  }

  /**
   * For the end of the program: the painting that is being moved arrives, and the others stay where they are. One whose
   * disk does not answer stays too (see [Note: Disks that hang]).
   */
  async endMove(): Promise<void> {
    this.#isLeaving = true
    await withinLimit(this.#moving, undefined)
  }

  async #moveAllTo(folder: string): Promise<void> {
    this.#failures.clear()
    const pictures = await this.#picturesOf((await listRuns(this.#library)).runs)
    for (const { run } of pictures.filter(({ isInFolder }) => !isInFolder)) {
      // Another folder may have been chosen meanwhile.
      if (this.#isLeaving || this.picturesFolder !== folder) return
      await this.#move(run, folder).catch((thrown: unknown) => {
        this.#failures.set(run.id, windowReport(thrown))
      })
    }
  }

  async #move({ id, folder: ownFolder }: RunRecord, folder: string): Promise<void> {
    const letGo = this.#inUse.take(id, 'move')
    try {
      // It may have been painted on since it was listed, and be saved elsewhere.
      const run = await readRun(ownFolder)
      if (run === null) return
      await move(run, folder, async (from, to) => {
        this.#images.moveFile(from, to)
        await this.#shelf.moveFile(from, to)
      })
    } finally {
      letGo()
    }
  }

  /** Deletes the checkpoints that have had their time. Never rejects: tidying is no reason to trouble anybody. */
  async tidy(): Promise<void> {
    await this.tidied(await listRuns(this.#library))
  }

  /** The same as `tidy` where the runs are known, which come back as they stand then. */
  async tidied(list: RunList): Promise<RunList> {
    const { checkpointDays } = this.#settings.current
    const runs = await tidyCheckpoints(list.runs, { days: checkpointDays, now: new Date() })
    return { ...list, runs }
  }

  async clearCheckpoints(): Promise<void> {
    await clearCheckpoints((await listRuns(this.#library)).runs)
  }

  /** The window's pictures that are there. */
  async #picturesOf(runs: readonly RunRecord[]): Promise<readonly FoundPicture[]> {
    const own = runs.filter(({ job }) => job.maker === 'window')
    const found = await Promise.all(own.map((run) => this.#pictureOf(run)))
    return found.filter((picture) => picture !== null)
  }

  async #pictureOf(run: RunRecord): Promise<FoundPicture | null> {
    const { path } = run.job.output
    const file = await askDisk(dirname(path), () => stat(path).catch(() => null), null)
    if (file === null) return null
    return {
      run,
      bytes: file.size,
      isInFolder: await isSameFile(dirname(path), this.picturesFolder),
      error: this.#failures.get(run.id) ?? null,
    }
  }
}

/** Pictures of one folder that were not moved for one reason, as one. */
function together(pictures: readonly FoundPicture[]): LibraryFacts['elsewhere'] {
  const groups = new Map<string, LibraryFacts['elsewhere'][number]>()
  for (const { run, bytes, error } of pictures) {
    const folder = placeLabel(dirname(run.job.output.path))
    const key = JSON.stringify([folder, error?.code])
    const group = groups.get(key) ?? { folder, count: 0, bytes: 0, error }
    groups.set(key, { ...group, count: group.count + 1, bytes: group.bytes + bytes })
  }
  return [...groups.values()]
}

function bytesOf(pictures: readonly FoundPicture[]): number {
  return pictures.reduce((sum, { bytes }) => sum + bytes, 0)
}

/**
 * Moves a painting with its sidecar, while nobody else can work on its run. The copy is whole and on the disk before it
 * takes its name, it has its name before the run names it, and only then the original goes.
 *
 * @param tell lets those know whose pictures these are, while the file lies in both places; never rejects
 * @throws ImpastoError why it stays where it is: a name that is another's there, a run that somebody works on, a disk
 *   that takes no more
 */
async function move(
  run: RunRecord,
  folder: string,
  tell: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const from = run.job.output.path
  const to = join(folder, basename(from))
  // What lies there may be another's, or this very picture by another name; a copy that an earlier move left is taken.
  const overwrite = (await isCopy(from, to)) ? 'always' : 'never'
  await checkOutput({ path: to, inputs: [from], overwrite, runId: run.id })
  const copy = { isThere: false }
  try {
    await recordOutput(run.folder, to, async () => {
      await copyTogether(from, to, { replace: overwrite === 'always' })
      copy.isThere = true
    })
  } catch (error) {
    if (copy.isThere) await removePicture(to)
    throw error
  }
  await tell(from, to)
  await removePicture(from)
}

/** Whether nothing lies at `to` but what a copy of the picture and its sidecar, or a part of the two, would put there. */
async function isCopy(from: string, to: string): Promise<boolean> {
  const pairs = [[from, to] as const, [sidecarPath(from), sidecarPath(to)] as const]
  const there = pairs.filter(([, copied]) => existsSync(copied))
  const same = there.map(([original, copied]) => holdSameBytes(original, copied).catch(() => false))
  return (await Promise.all(same)).every(Boolean)
}

/** Copies a picture with its sidecar and the times of both (see [Note: Sidecar first]). */
async function copyTogether(from: string, to: string, { replace }: WriteOptions): Promise<void> {
  const sidecar = await copyOf(sidecarPath(from), sidecarPath(to), replace).catch(nullWhereMissing)
  const picture = await copyOf(from, to, replace)
  await writeTogether(sidecar === null ? [picture] : [sidecar, picture])
}

async function copyOf(from: string, to: string, replace: boolean): Promise<FileToWrite> {
  try {
    const [data, { mtime }] = await Promise.all([readFile(from), stat(from)])
    return { path: to, data, changed: mtime, replace, links: 'replace' }
  } catch (error) {
    throw inputError(error, from)
  }
}

function nullWhereMissing(thrown: unknown): null {
  if (thrown instanceof ImpastoError && thrown.code === 'file-missing') return null
  throw thrown
}

/** Never rejects: a picture that is there twice is no reason to take either for lost. */
async function removePicture(path: string): Promise<void> {
  for (const file of [path, sidecarPath(path)]) await rm(file, { force: true }).catch(() => undefined)
}
