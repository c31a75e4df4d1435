/** @file Hands the finished painting on: saved as a file, copied, shown in its folder. */
import { readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { app, dialog, shell, type BrowserWindow } from 'electron'
import { OUTPUT_EXTENSIONS } from '../../../src-shared/model/output-format'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import { inputError } from '../../storage/file-errors'
import { copyPicture } from './clipboard'

export class PaintingSaver {
  /** The last copy that was saved of each painting, which is what a person wants to see in its folder. */
  readonly #saved = new Map<string, string>()

  constructor(private readonly engines: EngineKeeper) {}

  /**
   * Saves a copy where the person says, in the format that its name ends in; null where they chose no place.
   * The dialog has asked before it names a file that exists.
   *
   * @throws ImpastoError why it could not be written
   */
  async save(
    window: BrowserWindow,
    painting: string,
    proposedName: string,
  ): Promise<{ name: string } | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Save painting',
      defaultPath: join(app.getPath('pictures'), proposedName),
      filters: [
        { name: 'PNG, JPEG or WebP', extensions: OUTPUT_EXTENSIONS.map((extension) => extension.slice(1)) },
      ],
    })
    if (canceled || filePath === '') return null
    const path = extname(filePath) === '' ? `${filePath}.png` : filePath
    const { output } = await this.engines
      .engine()
      .run('export-painting', { painting, output: path, overwrite: true }).result
    this.#saved.set(painting, output)
    return { name: basename(output) }
  }

  /** @throws ImpastoError `file-missing`, `file-unreadable` */
  async copy(painting: string): Promise<void> {
    const bytes = await readFile(painting).catch((thrown: unknown) => {
      throw inputError(thrown, painting)
    })
    copyPicture(bytes)
  }

  reveal(painting: string): void {
    shell.showItemInFolder(this.#saved.get(painting) ?? painting)
  }
}
