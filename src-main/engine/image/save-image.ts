/** @file Saves pictures with the recipe that made them, and finds that recipe again. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { OUTPUT_EXTENSIONS, outputFormatOf } from '../../../src-shared/model/output-format'
import type { StyleRecipe } from '../../../src-shared/model/style-recipe'
import { writePicture, type Sidecar } from '../../storage/sidecar'
import type { WriteOptions } from '../../storage/write-atomically'
import { encodePicture } from './encode-image'
import { readImageHeader } from './image-header'
import { recipeFromXmp } from './recipe-xmp'
import type { RgbImage } from './rgb-image'

export interface SaveOptions extends WriteOptions {
  /** Embedded in the file; null where the picture was not painted. */
  readonly recipe: StyleRecipe | null
  /** Written beside the picture, both or neither; null where how it was made is not known. */
  readonly sidecar: Sidecar | null
}

/**
 * Saves an image in the format that `path` ends in, whole or not at all. JPEG has no alpha: there the picture is
 * laid on white.
 *
 * @throws ImpastoError `output-format-unsupported`, `output-exists`, `output-folder-missing`,
 *   `output-unwritable`, `disk-full`
 */
export async function saveImage(image: RgbImage, path: string, options: SaveOptions): Promise<void> {
  const format = outputFormatOf(path)
  if (format === null) {
    throw new ImpastoError('output-format-unsupported', { path, formats: [...OUTPUT_EXTENSIONS] })
  }
  await writePicture(path, await encodePicture(image, format, options.recipe), options.sidecar, options)
}

/**
 * The recipe embedded in a picture file, not yet checked (see parseRecipe); null where there is none.
 *
 * @throws ImpastoError those of readImageHeader
 */
export async function readEmbeddedRecipe(path: string): Promise<unknown> {
  const { xmp } = await readImageHeader(path)
  return xmp === null ? null : recipeFromXmp(xmp)
}
