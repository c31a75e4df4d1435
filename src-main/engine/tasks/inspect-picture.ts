/** @file Checks a picture and reads what its header tells, without decoding it. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { reportOf } from '../../../src-shared/errors/impasto-error'
import { parseRecipe } from '../../storage/recipe-file'
import { readImageHeader } from '../image/image-header'
import { recipeFromXmp } from '../image/recipe-xmp'

/** @throws ImpastoError where the file is missing, no picture, too large or of an unknown format. */
export async function inspectPicture({
  path,
}: EngineTaskArguments<'inspect-picture'>): Promise<EngineTaskResult<'inspect-picture'>> {
  const { xmp, ...picture } = await readImageHeader(path)
  const recipe = xmp === null ? null : recipeFromXmp(xmp)
  return recipe === null || isBroken(recipe, path) ? picture : { ...picture, recipe }
}

/** A picture with a broken recipe is a picture like any other; with one of a newer version it says so when it is used. */
function isBroken(recipe: unknown, path: string): boolean {
  try {
    parseRecipe(recipe, path)
    return false
  } catch (error) {
    return reportOf(error).code !== 'recipe-too-new'
  }
}
