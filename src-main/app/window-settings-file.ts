/** @file What the window remembers from one start to the next, in the library's settings.json. */
import { z } from 'zod'
import {
  appearanceSchema,
  checkpointDaysSchema,
  surroundSchema,
} from '../../src-shared/model/window-settings'
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

/** The settings in memory, written to their file after each change. A file that cannot be read is replaced. */
export class WindowSettingsFile {
  #settings: WindowSettings
  #written: Promise<void> = Promise.resolve()

  static async open(path: string): Promise<WindowSettingsFile> {
    const found = await readJsonFile(path, windowSettingsSchema).catch(() => null)
    return new WindowSettingsFile(path, found ?? windowSettingsSchema.parse({}))
  }

  readonly #path: string

  private constructor(path: string, settings: WindowSettings) {
    this.#path = path
    this.#settings = settings
  }

  get current(): WindowSettings {
    return this.#settings
  }

  /** Changes some settings. A taste that cannot be written down is no reason to trouble anybody. */
  change(changes: Partial<WindowSettings>): void {
    this.#settings = { ...this.#settings, ...changes }
    const settings = this.#settings
    this.#written = this.#written.then(() => writeJsonFile(this.#path, settings)).catch(() => undefined)
  }

  /** Resolves when the last change is on the disk. */
  written(): Promise<void> {
    return this.#written
  }
}
