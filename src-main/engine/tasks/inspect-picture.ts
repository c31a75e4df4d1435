/** @file Checks a picture and reads what its header tells, without decoding it. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { readImageHeader } from '../image/image-header'
import { recipeFromXmp } from '../image/recipe-xmp'

/** @throws ImpastoError where the file is missing, no picture, too large or of an unknown format. */
export async function inspectPicture({
  path,
}: EngineTaskArguments<'inspect-picture'>): Promise<EngineTaskResult<'inspect-picture'>> {
  const { xmp, ...picture } = await readImageHeader(path)
  const recipe = xmp === null ? null : recipeFromXmp(xmp)
  return recipe === null ? picture : { ...picture, recipe }
}
