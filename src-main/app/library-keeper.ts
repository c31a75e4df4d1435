/** @file Where paintings are kept, how much room they take, and how that is changed. */
import { copyFile, open, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { LibraryFacts } from '../../src-shared/contract/window-contract'
import { checkOutput } from '../storage/check-output'
import { checkpointBytes, clearCheckpoints, tidyCheckpoints } from '../storage/checkpoint-retention'
import { outputError, systemErrorCode } from '../storage/file-errors'
import { checkFolderForPictures, folderBytes, type Library } from '../storage/library'
import { listRuns, recordOutput, type RunRecord } from '../storage/runs'
import { sidecarPath } from '../storage/sidecar'
import { tryToWriteBeside } from '../storage/write-atomically'
import type { ImageStore } from './pictures/image-store'
import { placeLabel } from '../ipc/place-label'
import type { WindowSettingsFile } from './window-settings-file'

export class LibraryKeeper {
  readonly #library: Library
  readonly #settings: WindowSettingsFile
  readonly #images: ImageStore

  constructor(library: Library, settings: WindowSettingsFile, images: ImageStore) {
    this.#library = library
    this.#settings = settings
    this.#images = images
  }

  /** Where new paintings are saved. */
  get picturesFolder(): string {
    return this.#settings.current.picturesFolder ?? this.#library.pictures
  }

  async facts(): Promise<LibraryFacts> {
    const pictures = await this.#pictures()
    const sizes = await Promise.all(pictures.map(({ job }) => bytesOf(job.output.path)))
    return {
      picturesFolder: placeLabel(this.picturesFolder),
      pictures: { count: pictures.length, bytes: sizes.reduce((sum, size) => sum + size, 0) },
      checkpoints: { bytes: await checkpointBytes(this.#library) },
      library: {
        folder: placeLabel(this.#library.folder),
        bytes: await folderBytes(this.#library.folder),
      },
    }
  }

  /**
   * Keeps paintings in `folder` from now on, and moves those that are there. Each is copied, written down and only then
   * deleted where it was, so that none is lost whatever happens; one that cannot be moved now stays where it is, and
   * is found there.
   *
   * @throws ImpastoError `folder-of-library`, `output-folder-missing`, `output-unwritable`, `disk-full` where the folder
   *   cannot take them
   */
  async keepPicturesIn(folder: string): Promise<void> {
    await checkFolderForPictures(this.#library, folder)
    await tryToWriteBeside(join(folder, 'painting.png'))
    this.#settings.change({ picturesFolder: folder === this.#library.pictures ? null : folder })
    for (const run of await this.#pictures()) await move(run, folder, this.#images).catch(() => undefined)
  }

  /** Deletes the checkpoints that have had their time. Never rejects: tidying is no reason to trouble anybody. */
  async tidy(): Promise<void> {
    const { checkpointDays } = this.#settings.current
    await tidyCheckpoints(this.#library, { days: checkpointDays, now: new Date() })
  }

  async clearCheckpoints(): Promise<void> {
    await clearCheckpoints(this.#library)
  }

  /** The window's runs whose picture is there. */
  async #pictures(): Promise<readonly RunRecord[]> {
    const { runs } = await listRuns(this.#library)
    const found = await Promise.all(
      runs.map(async (run) => {
        const isThere = run.job.maker === 'window' && (await bytesOf(run.job.output.path)) > 0
        return isThere ? run : null
      }),
    )
    return found.filter((run) => run !== null)
  }
}

async function bytesOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0
}

/**
 * Moves a painting with its sidecar. The copy is whole and on the disk before the run names it, and only then the
 * original goes; a name that is another's there, or a run that somebody works on, leaves it where it is.
 */
async function move(run: RunRecord, folder: string, images: ImageStore): Promise<void> {
  const from = run.job.output.path
  const to = join(folder, basename(from))
  if (from === to) return
  // What lies there may be another's, or this very picture by another name; what an earlier move left is replaced.
  await checkOutput({ path: to, inputs: [from], overwrite: 'same-run', runId: run.id })
  try {
    await copyWhole(sidecarPath(from), sidecarPath(to)).catch(unlessMissing)
    await copyWhole(from, to)
    await recordOutput(run.folder, to)
  } catch (error) {
    await rm(to, { force: true })
    await rm(sidecarPath(to), { force: true })
    throw outputError(error, to)
  }
  images.moveFile(from, to)
  await rm(from, { force: true })
  await rm(sidecarPath(from), { force: true })
}

/** Copies a file with its times, and waits until the copy is on the disk. */
async function copyWhole(from: string, to: string): Promise<void> {
  const { atime, mtime } = await stat(from)
  await copyFile(from, to)
  const copy = await open(to, 'r+')
  try {
    await copy.utimes(atime, mtime)
    await copy.sync()
  } finally {
    await copy.close()
  }
}

function unlessMissing(thrown: unknown): void {
  if (systemErrorCode(thrown) !== 'ENOENT') throw thrown
}
