/** @file What the window remembers from one start to the next, in the library's settings.json. */
import { z } from 'zod'
import type { KeptFileProblem } from '../../src-shared/contract/window-contract'
import {
  appearanceSchema,
  checkpointDaysSchema,
  surroundSchema,
} from '../../src-shared/model/window-settings'
import { KeptFile } from './kept-file'

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
  readonly #file: KeptFile<KeptSettings>
  #kept: KeptSettings
  #settings: WindowSettings

  /** Where the file cannot be used, the window begins with the settings of a new library. */
  static async open(path: string): Promise<WindowSettingsFile> {
    // Every version writes all that it does not know back, so none has to keep off another's file.
    return new WindowSettingsFile(
      await KeptFile.open(path, { file: 'settings', schema: keptSettingsSchema, version: null }),
    )
  }

  private constructor(file: KeptFile<KeptSettings>) {
    this.#file = file
    this.#kept = file.value ?? {}
    this.#settings = windowSettingsSchema.parse(this.#kept)
  }

  get current(): WindowSettings {
    return this.#settings
  }

  /** Why these are not the settings of the last window. */
  get problem(): KeptFileProblem | null {
    return this.#file.problem
  }

  /** Changes some settings. */
  change(changes: Partial<WindowSettings>): void {
    this.#settings = { ...this.#settings, ...changes }
    this.#kept = { ...this.#kept, ...changes }
    this.#file.keep(this.#kept)
  }

  /** Resolves when the last change is on the disk. */
  written(): Promise<void> {
    return this.#file.written()
  }
}
