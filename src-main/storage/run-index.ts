/**
 * @file What the files of all runs hold, in one file, so that a library of a thousand runs is listed without opening
 * three thousand files.
 *
 * [Note: Never the only truth] The folders of the runs are the library, and the index is a copy. So it can be missing,
 * damaged, or written by somebody else meanwhile: what it says of a run counts only where the run's folder and files
 * still have the stamps that they had when they were read, and what it does not say is read. It keeps what the files
 * hold, not what that means to this program, which another version may understand otherwise.
 */
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { jobPath } from './job-file'
import { readJsonFile } from './json-file'
import type { Library } from './library'
import { progressPath, readRunFiles, type RunFiles } from './runs'
import { sweepStagedFiles, writeAtomically } from './write-atomically'

/** Raised when the index can no longer be read by the programs before. */
const INDEX_VERSION = 1

/**
 * Milliseconds within which a second change may bear the same time as the first: disks count in up to two seconds.
 * What changed so lately is not kept.
 */
const UNSETTLED = 3000

const entrySchema = z.object({
  name: z.string(),
  stamp: z.string(),
  files: z.object({
    job: z.unknown(),
    progress: z.unknown(),
    hasCheckpoint: z.boolean(),
    changed: z.number(),
  }),
})
type Entry = Readonly<z.infer<typeof entrySchema>>

const indexSchema = z.object({ version: z.literal(INDEX_VERSION), runs: z.array(entrySchema) })

export class RunIndex {
  readonly #path: string
  readonly #former: ReadonlyMap<string, Entry>
  /** Of the runs that were asked for since. */
  readonly #current = new Map<string, Entry>()

  /** The index of a library; an empty one where that cannot be read. Never rejects. */
  static async open({ runIndex }: Library): Promise<RunIndex> {
    const index = await readJsonFile(runIndex, indexSchema).catch(() => null)
    return new RunIndex(runIndex, index?.runs ?? [])
  }

  private constructor(path: string, entries: readonly Entry[]) {
    this.#path = path
    this.#former = new Map(entries.map((entry) => [entry.name, entry]))
  }

  /**
   * What the files of a run hold, null where there is no job.
   *
   * @throws ImpastoError `file-unreadable`, `not-a-file`, or the system's error, where it does not let us look
   */
  async filesIn(folder: string): Promise<RunFiles | null> {
    const name = basename(folder)
    // Before the files are read: what changes meanwhile has another stamp.
    const seen = await stampOf(folder)
    const known = this.#former.get(name)
    if (known !== undefined && known.stamp === seen?.stamp) {
      this.#current.set(name, known)
      return known.files
    }
    const files = await readRunFiles(folder)
    if (files !== null && seen?.isSettled === true) {
      this.#current.set(name, { name, stamp: seen.stamp, files })
    }
    return files
  }

  /** Writes down what was read anew, and forgets what was not asked for. Never rejects: the next start reads again. */
  async keep(): Promise<void> {
    const isKept =
      this.#current.size === this.#former.size &&
      [...this.#current].every(([name, entry]) => this.#former.get(name) === entry)
    if (isKept) return
    const index = { version: INDEX_VERSION, runs: [...this.#current.values()] } satisfies z.infer<
      typeof indexSchema
    >
    await sweepStagedFiles(dirname(this.#path))
    await writeAtomically(this.#path, JSON.stringify(index)).catch(() => undefined)
  }
}

/**
 * Changes with everything that is written, deleted or put in place of something else in a run's folder, whatever time
 * that is given; null where there is no folder to look at.
 */
async function stampOf(folder: string): Promise<{ stamp: string; isSettled: boolean } | null> {
  const paths = [folder, jobPath(folder), progressPath(folder)]
  const all = await Promise.all(paths.map((path) => stat(path).catch(() => null)))
  if (all[0] === null) return null
  const newest = Math.max(...all.map((facts) => facts?.ctimeMs ?? 0))
  return {
    stamp: all
      .map((facts) => (facts === null ? '-' : `${facts.ino}:${facts.size}:${facts.ctimeMs}`))
      .join(' '),
    isSettled: Date.now() - newest > UNSETTLED,
  }
}
