/** @file Opens what a person chose, dropped or pasted: a picture, a recipe, or a finished painting that carries one. */
import { basename, extname } from 'node:path'
import type { Opened } from '../../../src-shared/contract/window-contract'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { PictureRole } from '../../../src-shared/model/window-picture'
import type { Library } from '../../storage/library'
import { parseRecipe, readRecipeFile } from '../../storage/recipe-file'
import { copiedFile, copiedPicture } from './clipboard'
import { keepPicture } from './kept-pictures'
import type { PictureShelf } from './picture-shelf'
import { checkSmallestPhotograph } from './smallest-photograph'

export class FileOpener {
  readonly #shelf: PictureShelf
  readonly #library: Library

  constructor(shelf: PictureShelf, library: Library) {
    this.#shelf = shelf
    this.#library = library
  }

  /**
   * A finished painting gives its recipe where a photograph was asked for; added to the paintings it is a painting
   * like any other.
   *
   * @throws ImpastoError why the file was refused
   */
  async open(path: string, role: PictureRole): Promise<Opened> {
    if (extname(path).toLowerCase() === '.json') {
      return { kind: 'recipe', name: basename(path), recipe: await readRecipeFile(path) }
    }
    const picture = await this.#shelf.inspect(path)
    if (role === 'photograph' && picture.recipe !== undefined) {
      return { kind: 'recipe', name: basename(path), recipe: parseRecipe(picture.recipe, path) }
    }
    if (role === 'photograph') checkSmallestPhotograph(path, picture)
    return { kind: 'picture', role, picture: await this.#shelf.add(path, picture) }
  }

  /** A picture that came without a file. */
  async openBytes(name: string, bytes: Uint8Array, role: PictureRole): Promise<Opened> {
    return this.open(await keepPicture(this.#library, name, bytes), role)
  }

  /** What was copied: a file in a file manager, or a picture in any program. */
  async paste(role: PictureRole): Promise<Opened> {
    const path = copiedFile()
    if (path !== null) return this.open(path, role)
    const picture = copiedPicture()
    if (picture === null) throw new ImpastoError('clipboard-empty', {})
    return this.openBytes('pasted.png', picture, role)
  }
}
