/** @file Reads a recipe that a person kept: a recipe by itself, a sidecar, or the picture that has one. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { outputFormatOf } from '../../src-shared/model/output-format'
import {
  STYLE_RECIPE_VERSION,
  styleRecipeSchema,
  type StyleRecipe,
} from '../../src-shared/model/style-recipe'
import { inputError } from './file-errors'
import { LARGEST_RECIPE_BYTES, parseRecipeJson } from './recipe-json'
import { regularFileSize } from './regular-file'
import { sidecarPath } from './sidecar'

/**
 * The recipe in `path`. A picture stands for the sidecar beside it.
 *
 * @throws ImpastoError `file-missing`, `file-unreadable`, `not-a-file`, `recipe-invalid`, `recipe-too-new`
 */
export async function readRecipeFile(path: string): Promise<StyleRecipe> {
  const file = outputFormatOf(path) === null ? path : sidecarPath(path)
  const value = parseRecipeJson(await readSmallFile(file))
  if (value === undefined)
    throw new ImpastoError('recipe-invalid', { path: file, issues: ['it is not JSON'] })
  const sidecar = z.object({ recipe: z.unknown() }).safeParse(value)
  return parseRecipe(sidecar.success && sidecar.data.recipe !== undefined ? sidecar.data.recipe : value, file)
}

/**
 * Checks a recipe that came from `path`, or from no file.
 *
 * @throws ImpastoError `recipe-invalid`, `recipe-too-new`
 */
export function parseRecipe(value: unknown, path: string | null): StyleRecipe {
  const version = z.object({ version: z.int() }).safeParse(value).data?.version
  if (path !== null && version !== undefined && version > STYLE_RECIPE_VERSION) {
    throw new ImpastoError('recipe-too-new', { path, version, newest: STYLE_RECIPE_VERSION })
  }
  const parsed = styleRecipeSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ImpastoError('recipe-invalid', { path, issues: parsed.error.issues.map(describe) })
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}

async function readSmallFile(path: string): Promise<string> {
  if ((await regularFileSize(path)) > LARGEST_RECIPE_BYTES) {
    throw new ImpastoError('recipe-invalid', { path, issues: ['it is too large to be a recipe'] })
  }
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw inputError(error, path)
  }
}
