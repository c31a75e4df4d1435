/** @file Names runs. */
import { createHash, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { Framing } from '../../src-shared/model/framing'
import type { StyleRecipe } from '../../src-shared/model/style-recipe'

export interface RunIngredients {
  readonly photograph: { readonly sha256: string; readonly framing: Framing }
  readonly painting: { readonly sha256: string }
  readonly initialImage: { readonly sha256: string } | null
  readonly recipe: StyleRecipe
  readonly output: string
}

/** The same ingredients for the same output give the same id, so that a run that was cut off is found again. */
export function runIdFor(ingredients: RunIngredients): string {
  const { photograph, painting, initialImage, recipe, output } = ingredients
  const identity = [
    photograph.sha256,
    sortedEntries(photograph.framing),
    painting.sha256,
    initialImage?.sha256 ?? null,
    sortedEntries(recipe),
    resolve(output),
  ]
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 20)
}

/** An id that no other run has, whatever goes into it: the time and a random part. */
export function uniqueRunId(now: Date): string {
  const time = now
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:]/g, '')
    .replace('T', '-')
  return `${time}-${randomBytes(4).toString('hex')}`
}

/** The order in which a recipe's fields were written down does not count. */
function sortedEntries(record: object): readonly unknown[] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
}
