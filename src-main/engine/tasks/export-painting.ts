/** @file Writes a finished painting where a person wants it, with its recipe inside and its sidecar beside it. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { checkOutput } from '../../storage/check-output'
import { parseRecipe } from '../../storage/recipe-file'
import { hasForeignSidecar, readSidecar } from '../../storage/sidecar'
import { decodeImage } from '../image/decode-image'
import { readEmbeddedRecipe, saveImage } from '../image/save-image'

/** @throws ImpastoError where the painting cannot be read or its copy cannot be written. */
export async function exportPainting({
  painting,
  output,
  overwrite,
}: EngineTaskArguments<'export-painting'>): Promise<EngineTaskResult<'export-painting'>> {
  await checkOutput({
    path: output,
    inputs: [painting],
    overwrite: overwrite ? 'always' : 'never',
    runId: null,
  })
  const sidecar = await readSidecar(painting)
  const recipe = sidecar?.recipe ?? (await embeddedRecipe(painting))
  // Whoever agreed to replace a picture has not agreed to lose another file. The recipe is in the picture, too.
  const kept = (await hasForeignSidecar(output)) ? null : sidecar
  await saveImage(await decodeImage(painting), output, { recipe, sidecar: kept, replace: overwrite })
  return { output }
}

async function embeddedRecipe(painting: string) {
  const recipe = await readEmbeddedRecipe(painting)
  return recipe === null ? null : parseRecipe(recipe, painting)
}
