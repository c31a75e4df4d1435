/** @file Hands a finished painting on: saved as a file, copied, shown in its folder. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, dialog, shell, type BrowserWindow } from 'electron'
import { OUTPUT_EXTENSIONS } from '../../../src-shared/model/output-format'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import { inputError } from '../../storage/file-errors'
import { copyPicture } from './clipboard'
import { withFormatEnding } from './saved-name'

export class PaintingSaver {
  /** The last copy that was saved of each painting, which is what a person wants to see in its folder. */
  readonly #saved = new Map<string, string>()

  readonly #engines: EngineKeeper

  constructor(engines: EngineKeeper) {
    this.#engines = engines
  }

  /**
   * Saves a copy where the person says, in the format that its name ends in, or PNG; null where they chose no place. A file
   * that exists is replaced only where the person has said so, of the very name that is written.
   *
   * @throws ImpastoError why it could not be written
   */
  async save(
    window: BrowserWindow,
    painting: string,
    proposedName: string,
  ): Promise<{ name: string } | null> {
    const chosen = await choosePlace(window, proposedName)
    if (chosen === null) return null
    const { output } = await this.#engines.engine().run('export-painting', { painting, ...chosen }).result
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

async function choosePlace(
  window: BrowserWindow,
  proposedName: string,
): Promise<{ output: string; overwrite: boolean } | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save painting',
    defaultPath: join(app.getPath('pictures'), proposedName),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
    filters: [
      { name: 'PNG, JPEG or WebP', extensions: OUTPUT_EXTENSIONS.map((extension) => extension.slice(1)) },
    ],
  })
  if (canceled || filePath === '') return null
  // The dialog has asked about the name that it gave back, and about no other.
  const output = withFormatEnding(filePath)
  if (output === filePath) return { output, overwrite: true }
  if (!existsSync(output)) return { output, overwrite: false }
  return (await confirmsReplacing(window, output)) ? { output, overwrite: true } : null
}

async function confirmsReplacing(window: BrowserWindow, path: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${basename(path)} exists already. Replace it?`,
    detail: 'What it holds now cannot be brought back.',
    buttons: ['Keep it', 'Replace it'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
