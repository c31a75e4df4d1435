/** @file From the flags of `stylize` to a job: the recipe, the pictures, the run that they name. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { OptionValues } from 'commander'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { wholePicture } from '../../src-shared/model/framing'
import { outputFormatOf } from '../../src-shared/model/output-format'
import type { StyleRecipe } from '../../src-shared/model/style-recipe'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import type { EngineKeeper } from '../jobs/engine-keeper'
import { checkOutput } from '../storage/check-output'
import { hashFile } from '../storage/file-hash'
import { parseRecipe, readRecipeFile } from '../storage/recipe-file'
import { runIdFor } from '../storage/run-id'
import { checkpointPath, runFolder } from '../storage/runs'
import { sidecarPath } from '../storage/sidecar'
import type { CommandContext } from './command-context'
import { recipeOverrides } from './recipe-flags'
import type { StylizeOptions } from './stylize-options'

/**
 * The job of a command, once its files and its output have been checked.
 *
 * @throws ImpastoError `usage`, `recipe-invalid`, `recipe-too-new`, `nothing-to-resume`, and those of a missing
 *   input and of an output that cannot be written
 */
export async function stylizeJob(
  options: StylizeOptions,
  flags: OptionValues,
  { engines, library }: Pick<CommandContext, 'engines' | 'library'>,
): Promise<StylizeJob> {
  const recipe = await resolveRecipe(options, flags, engines)
  const photograph = resolve(options.content)
  const painting = resolve(options.style)
  const initialImage = options.initImage === undefined ? null : resolve(options.initImage)
  const output = resolve(options.output)

  const runId = runIdFor({
    photograph: { sha256: await hashFile(photograph), framing: wholePicture },
    painting: { sha256: await hashFile(painting) },
    initialImage: initialImage === null ? null : { sha256: await hashFile(initialImage) },
    recipe,
    output,
  })
  const folder = runFolder(library, runId)
  if (options.resume) requireCheckpoint(folder, output)
  const overwrite = overwriteOf(options)
  const inputs = [photograph, painting, initialImage].filter((path) => path !== null)
  await checkOutput({ path: output, inputs, overwrite, runId })
  return {
    kind: 'stylize',
    runId,
    folder,
    photograph: { path: photograph, framing: wholePicture },
    painting: { path: painting },
    initialImage,
    recipe,
    additionalIterations: 0,
    output: { path: output, overwrite },
    resume: options.resume,
    maker: 'terminal',
    previews: false,
  }
}

/** The recipe file's settings, else the defaults, with the given flags on top. */
async function resolveRecipe(
  options: StylizeOptions,
  flags: OptionValues,
  engines: EngineKeeper,
): Promise<StyleRecipe> {
  const base = options.recipe === undefined ? {} : await keptRecipe(resolve(options.recipe), engines)
  const image = options.initImage === undefined ? {} : { init: 'image' }
  const recipe = parseRecipe({ ...base, ...image, ...recipeOverrides(flags) }, null)
  if ((recipe.init === 'image') === (options.initImage !== undefined)) return recipe
  const message =
    recipe.init === 'image'
      ? '--init image needs --init-image FILE.'
      : `--init-image cannot be used with --init ${recipe.init}.`
  throw new ImpastoError('usage', { message })
}

/** The recipe in a file; a picture whose sidecar was lost still has it inside, where the engine can read it. */
async function keptRecipe(path: string, engines: EngineKeeper): Promise<StyleRecipe> {
  if (outputFormatOf(path) === null || existsSync(sidecarPath(path))) return readRecipeFile(path)
  const { recipe } = await engines.engine().run('inspect-picture', { path }).result
  if (recipe !== undefined && recipe !== null) return parseRecipe(recipe, path)
  throw new ImpastoError('recipe-invalid', { path, issues: ['the picture holds no recipe'] })
}

function requireCheckpoint(folder: string, output: string): void {
  if (!existsSync(checkpointPath(folder))) throw new ImpastoError('nothing-to-resume', { path: output })
}

/** A run that is resumed may replace the picture that it saved when it was stopped, and no other. */
function overwriteOf({ force, resume }: StylizeOptions): StylizeJob['output']['overwrite'] {
  if (force) return 'always'
  return resume ? 'same-run' : 'never'
}
