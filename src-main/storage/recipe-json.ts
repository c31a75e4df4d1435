/** @file The JSON text of a recipe, from a file or from inside of a picture: anybody may have written it. */
import { parseJson } from './json-file'

/** A recipe takes under 2 kB; a larger text is something else, named by mistake. */
export const LARGEST_RECIPE_BYTES = 1_000_000

/** A recipe is one object and its sidecar holds a handful; code that walks a value deeper than this may overflow. */
const MOST_BRACKETS = 100

/** The value that a recipe's text holds, not yet checked; undefined where it is no JSON or cannot be a recipe's. */
export function parseRecipeJson(text: string): unknown {
  if (text.length > LARGEST_RECIPE_BYTES) return undefined
  if ((text.match(/[[{]/g)?.length ?? 0) > MOST_BRACKETS) return undefined
  return parseJson(withoutByteOrderMark(text))
}

/** Some editors begin every text with one, which JSON does not know. */
function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
