/**
 * @file Reads a recipe schema as a list of fields, for sliders, command-line flags and documentation
 * (see [Note: One recipe]).
 */
import { z } from 'zod'

export type RecipeGroup = 'look' | 'size' | 'expert'

interface FieldBase {
  /** The recipe's property. */
  readonly key: string
  /** The command-line flag without its dashes. */
  readonly flag: string
  readonly title: string
  readonly description: string
  readonly group: RecipeGroup
}

export interface NumberField extends FieldBase {
  readonly kind: 'number'
  readonly integer: boolean
  readonly minimum: number
  readonly maximum: number
  readonly default: number | null
  /** Words for the two ends of the slider. */
  readonly ends: readonly [string, string] | null
  /** The slider moves on a logarithmic scale. */
  readonly logarithmic: boolean
  readonly step: number
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice'
  readonly choices: readonly { readonly value: string; readonly title: string }[]
  readonly default: string
}

export interface SwitchField extends FieldBase {
  readonly kind: 'switch'
  readonly default: boolean
}

export type RecipeField = NumberField | ChoiceField | SwitchField

const baseProperty = {
  title: z.string(),
  description: z.string(),
  group: z.enum(['look', 'size', 'expert']),
  flag: z.string().optional(),
}

const propertySchema = z.union([
  z.object({
    ...baseProperty,
    type: z.enum(['number', 'integer']),
    minimum: z.number(),
    maximum: z.number(),
    default: z.number().optional(),
    ends: z.tuple([z.string(), z.string()]).optional(),
    logarithmic: z.boolean().optional(),
    step: z.number().optional(),
  }),
  z.object({
    ...baseProperty,
    type: z.literal('string'),
    enum: z.array(z.string()),
    choices: z.record(z.string(), z.string()),
    default: z.string(),
  }),
  z.object({ ...baseProperty, type: z.literal('boolean'), default: z.boolean() }),
])

const camelToKebab = (key: string): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The fields of a recipe schema that a person can set, in the schema's order. */
export function recipeFields(schema: z.ZodObject): readonly RecipeField[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties)
    .filter(([key]) => key !== 'version')
    .map(([key, property]) => fieldOf(key, propertySchema.parse(property)))
}

function fieldOf(key: string, property: z.infer<typeof propertySchema>): RecipeField {
  const { title, description, group } = property
  const base: FieldBase = { key, flag: property.flag ?? camelToKebab(key), title, description, group }
  switch (property.type) {
    case 'boolean':
      return { ...base, kind: 'switch', default: property.default }
    case 'string':
      return {
        ...base,
        kind: 'choice',
        choices: property.enum.map((value) => ({ value, title: property.choices[value] ?? value })),
        default: property.default,
      }
    case 'number':
    case 'integer':
      return {
        ...base,
        kind: 'number',
        integer: property.type === 'integer',
        minimum: property.minimum,
        maximum: property.maximum,
        default: property.default ?? null,
        ends: property.ends ?? null,
        logarithmic: property.logarithmic ?? false,
        step: property.step ?? 1,
      }
  }
}
