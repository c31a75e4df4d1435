/** @file The flags of a recipe's fields, made from its schema (see [Note: One recipe]). */
import { Option, type Command, type OptionValues } from 'commander'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { assertNever } from '../../src-shared/model/assert-never'
import {
  recipeFields,
  type ChoiceField,
  type NumberField,
  type RecipeField,
  type RecipeGroup,
} from '../../src-shared/model/recipe-fields'
import { styleRecipeSchema } from '../../src-shared/model/style-recipe'

/** A switch is two flags to the parser, `--name` and `--no-name`, and one to people. */
export class SwitchOption extends Option {
  get term(): string {
    return this.flags.replace('--', '--[no-]')
  }
}

const FIELDS = recipeFields(styleRecipeSchema)

const HEADINGS: Readonly<Record<RecipeGroup, string>> = {
  look: 'Look:',
  size: 'Size:',
  expert: 'Expert:',
}

/** Decimal notation with an optional exponent; no hexadecimal, no Infinity, no empty text. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Adds a flag for every field of the recipe. None has a default, so that a given flag can be told from none. */
export function addRecipeFlags(command: Command): void {
  for (const field of FIELDS) {
    for (const option of optionsOf(field)) command.addOption(option.helpGroup(HEADINGS[field.group]))
  }
}

/** The recipe's fields that the given flags set. */
export function recipeOverrides(options: OptionValues): Readonly<Record<string, unknown>> {
  const given = FIELDS.map((field) => [field.key, options[attributeOf(field)] as unknown] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

/** What `--help` and the documentation say of a field: its meaning, its range and its default. */
export function fieldDescription(field: RecipeField): string {
  const facts = [rangeOf(field), field.default === null ? null : `default ${defaultOf(field)}`]
  const stated = facts.filter((fact) => fact !== null).join('; ')
  return `${field.description} (${stated})`
}

/** The range of a field's values; null for a switch. */
export function rangeOf(field: RecipeField): string | null {
  switch (field.kind) {
    case 'number':
      return `${String(field.minimum)} to ${String(field.maximum)}`
    case 'choice':
      return alternatives(field)
    case 'switch':
      return null
    default:
      return assertNever(field)
  }
}

export function defaultOf(field: RecipeField): string {
  if (field.kind !== 'switch') return String(field.default)
  return field.default ? 'on' : 'off'
}

/** How a field's flag is written: `--size <number>`, `--pooling <choice>`, `--[no-]coarse-to-fine`. */
export function flagOf(field: RecipeField): string {
  switch (field.kind) {
    case 'number':
      return `--${field.flag} <number>`
    case 'choice':
      return `--${field.flag} <choice>`
    case 'switch':
      return `--[no-]${field.flag}`
    default:
      return assertNever(field)
  }
}

function optionsOf(field: RecipeField): readonly Option[] {
  const description = fieldDescription(field)
  switch (field.kind) {
    case 'number':
      return [new Option(flagOf(field), description).argParser((text) => parseNumber(field, text))]
    case 'choice':
      return [new Option(flagOf(field), description).argParser((text) => parseChoice(field, text))]
    case 'switch':
      return [new SwitchOption(`--${field.flag}`, description), new Option(`--no-${field.flag}`).hideHelp()]
    default:
      return assertNever(field)
  }
}

function attributeOf(field: RecipeField): string {
  return new Option(`--${field.flag}`).attributeName()
}

function parseNumber(field: NumberField, text: string): number {
  const value = NUMBER.test(text.trim()) ? Number(text) : NaN
  const fits = value >= field.minimum && value <= field.maximum && (!field.integer || Number.isInteger(value))
  if (fits) return value
  const kind = field.integer ? 'a whole number' : 'a number'
  const range = `from ${String(field.minimum)} to ${String(field.maximum)}`
  throw new ImpastoError('usage', { message: `--${field.flag} takes ${kind} ${range}, not "${text}".` })
}

function parseChoice(field: ChoiceField, text: string): string {
  if (field.choices.some(({ value }) => value === text)) return text
  throw new ImpastoError('usage', { message: `--${field.flag} takes ${alternatives(field)}, not "${text}".` })
}

function alternatives({ choices }: ChoiceField): string {
  const values = choices.map(({ value }) => value)
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`
}
