/** @file A JSON file of the window's own in the library, read at its start and written after each change. */
import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { KeptFileProblem } from '../../src-shared/contract/window-contract'
import { windowReport } from '../ipc/window-report'
import { readJsonFile, writeJsonFile } from '../storage/json-file'
import { beginningAside, setAside } from '../storage/set-aside'

export interface KeptFileOptions<Schema extends z.ZodType> {
  /** What a person calls it. */
  readonly file: KeptFileProblem['file']
  readonly schema: Schema
  /** The latest version of the file that this program knows; null where the schema takes what every version writes. */
  readonly version: number | null
}

const versionSchema = z.object({ version: z.int() })

/**
 * What the file holds, and the way back to it. A file that this program cannot make out is never lost to the first
 * change: damaged, it is set aside; a newer program's, or one that the system does not let us read, stays as it is, and
 * nothing is written.
 */
export class KeptFile<Value> {
  /** What it held at the start; null where there was none, or there is a problem. */
  readonly value: Value | null
  /** Why it was not used, though there was one. */
  readonly problem: KeptFileProblem | null

  readonly #path: string
  #written: Promise<void> = Promise.resolve()

  /** Never rejects. */
  static async open<Schema extends z.ZodType>(
    path: string,
    { file, schema, version }: KeptFileOptions<Schema>,
  ): Promise<KeptFile<z.infer<Schema>>> {
    const without = (problem: KeptFileProblem | null) => new KeptFile<z.infer<Schema>>(path, null, problem)
    try {
      const content = await readJsonFile(path, z.unknown())
      const written = versionSchema.safeParse(content).data?.version
      if (version !== null && written !== undefined && written > version) {
        return without({ file, kind: 'newer' })
      }
      const parsed = schema.safeParse(content)
      if (parsed.success) return new KeptFile(path, parsed.data, null)
      const name = await setAside(path)
      return without(name === null ? null : { file, kind: 'set-aside', name })
    } catch (thrown) {
      return without({ file, kind: 'unreadable', error: windowReport(thrown) })
    }
  }

  private constructor(path: string, value: Value | null, problem: KeptFileProblem | null) {
    this.value = value
    this.problem = problem
    this.#path = path
  }

  /** Writes it down, where that takes nothing from anybody. What cannot be written is no reason to trouble anybody. */
  keep(value: Value): void {
    if (this.problem !== null && this.problem.kind !== 'set-aside') return
    this.#written = this.#written.then(() => writeJsonFile(this.#path, value)).catch(() => undefined)
  }

  /** Whether one may lie beside it that was set aside, now or at an earlier start. */
  async mayHaveOneAside(): Promise<boolean> {
    const names = await readdir(dirname(this.#path)).catch(() => null)
    return names === null || names.some((name) => name.startsWith(beginningAside(this.#path)))
  }

  /** Resolves when the last change is on the disk. */
  written(): Promise<void> {
    return this.#written
  }
}
