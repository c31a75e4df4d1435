/** @file Keeps docs/command-line.md true: its tables are those of the schema and of the exit codes. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { expect, it } from 'vitest'
import { recipeFields } from '../../src-shared/model/recipe-fields'
import { styleRecipeSchema } from '../../src-shared/model/style-recipe'
import { EXIT_CODES } from './exit-codes'
import { defaultOf, flagOf, rangeOf } from './recipe-flags'
import { addFileFlags, addRunFlags } from './stylize-options'

const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8')

/** The rows of the first table below a heading, each as its trimmed cells. */
function tableBelow(heading: string): readonly (readonly string[])[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

it('lists every flag of the recipe with its range, default and meaning', () => {
  const expected = recipeFields(styleRecipeSchema).map((field) => [
    `\`${flagOf(field)}\``,
    rangeOf(field) ?? 'on or off',
    field.default === null ? '' : defaultOf(field),
    field.description,
  ])
  expect(tableBelow('The recipe')).toEqual(expected)
})

it('lists every other flag of stylize', () => {
  const command = new Command()
  addFileFlags(command)
  addRunFlags(command)
  const flags = tableBelow('Painting').map(([flag]) => flag)
  expect(flags).toEqual(command.options.map((option) => `\`${option.flags}\``))
})

it('lists every exit code', () => {
  const expected = Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning])
  expect(tableBelow('Exit codes')).toEqual(expected)
})
