/** @file What the window remembers from one start to the next, in the library's settings.json. */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { z } from 'zod'
import type { SettingsProblem } from '../../src-shared/contract/window-contract'
import {
  appearanceSchema,
  checkpointDaysSchema,
  surroundSchema,
} from '../../src-shared/model/window-settings'
import { windowReport } from '../ipc/window-report'
import { outputError } from '../storage/file-errors'
import { readJsonFile, writeJsonFile } from '../storage/json-file'

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })

export const windowSettingsSchema = z.object({
  appearance: appearanceSchema.catch('dark').default('dark'),
  surround: surroundSchema.catch('theme').default('theme'),
  singleKeys: z.boolean().catch(true).default(true),
  checkpointDays: checkpointDaysSchema.catch(7).default(7),
  /** How large the window draws itself; 1 is as designed. */
  interfaceZoom: z.number().min(0.5).max(3).catch(1).default(1),
  /** Where new paintings are kept; null for the library's own folder. */
  picturesFolder: z.string().nullable().catch(null).default(null),
  bounds: boundsSchema.nullable().catch(null).default(null),
  maximised: z.boolean().catch(false).default(false),
  /** The last measure of this machine, for estimates until it is measured anew. */
  secondsPerMegapixel: z.number().positive().nullable().catch(null).default(null),
})
export type WindowSettings = Readonly<z.infer<typeof windowSettingsSchema>>

/** The file as it stands. Another version may have settings of its own in it, or other values of these. */
const keptSettingsSchema = z.record(z.string(), z.unknown())
type KeptSettings = Readonly<z.infer<typeof keptSettingsSchema>>

/**
 * The settings in memory, written to their file after each change. What this program does not change stays in the file
 * as it is, so another version finds its own again.
 */
export class WindowSettingsFile {
  /** Why it begins with the settings of a new library, though there was a file. One that cannot be read stays as it is. */
  readonly problem: SettingsProblem | null

  readonly #path: string
  #kept: KeptSettings
  #settings: WindowSettings
  #written: Promise<void> = Promise.resolve()

  /** A file that does not hold settings is set aside, and the window begins with those of a new library. */
  static async open(path: string): Promise<WindowSettingsFile> {
    try {
      const kept = await readJsonFile(path, keptSettingsSchema)
      if (kept !== null) return new WindowSettingsFile(path, kept, null)
      return new WindowSettingsFile(path, {}, await setAside(path))
    } catch (thrown) {
      return new WindowSettingsFile(path, {}, { kind: 'unreadable', error: windowReport(thrown) })
    }
  }

  private constructor(path: string, kept: KeptSettings, problem: SettingsProblem | null) {
    this.problem = problem
    this.#path = path
    this.#kept = kept
    this.#settings = windowSettingsSchema.parse(kept)
  }

  get current(): WindowSettings {
    return this.#settings
  }

  /** Changes some settings. A taste that cannot be written down is no reason to trouble anybody. */
  change(changes: Partial<WindowSettings>): void {
    this.#settings = { ...this.#settings, ...changes }
    const kept = { ...this.#kept, ...changes }
    this.#kept = kept
    if (this.problem?.kind === 'unreadable') return
    this.#written = this.#written.then(() => writeJsonFile(this.#path, kept)).catch(() => undefined)
  }

  /** Resolves when the last change is on the disk. */
  written(): Promise<void> {
    return this.#written
  }
}

/**
 * Gives what lies under the name of the settings another name, which no later one takes from it; null where there is
 * nothing.
 *
 * @throws ImpastoError `output-unwritable` where it has to stay
 */
async function setAside(path: string): Promise<SettingsProblem | null> {
  if (!existsSync(path)) return null
  const { dir, name, ext } = parse(path)
  const aside = `${name}-set-aside-${new Date().toISOString().replace(/[:.]/g, '-')}${ext}`
  try {
    await rename(path, join(dir, aside))
    return { kind: 'set-aside', name: aside }
  } catch (error) {
    throw outputError(error, path)
  }
}
