import { describe, expect, it } from 'vitest'
import { recipeFields } from './recipe-fields'
import { defaultStyleRecipe, styleRecipeSchema } from './style-recipe'

describe('recipeFields', () => {
  const fields = recipeFields(styleRecipeSchema)
  const field = (key: string): (typeof fields)[number] | undefined =>
    fields.find((candidate) => candidate.key === key)

  it('names every field of the recipe but its version', () => {
    expect(fields.map(({ key }) => key).toSorted()).toEqual(
      Object.keys(styleRecipeSchema.shape)
        .filter((key) => key !== 'version')
        .toSorted(),
    )
  })

  it('reads ranges, defaults, ends and flags', () => {
    expect(field('strength')).toMatchObject({
      kind: 'number',
      minimum: 0,
      maximum: 100,
      default: defaultStyleRecipe.strength,
      ends: ['Photograph', 'Painting'],
    })
    expect(field('totalVariation')).toMatchObject({ flag: 'tv' })
    expect(field('coarseToFine')).toMatchObject({ kind: 'switch', flag: 'coarse-to-fine', default: true })
    expect(field('pooling')).toMatchObject({
      kind: 'choice',
      choices: [{ value: 'max' }, { value: 'average' }],
    })
    expect(field('contentWeight')).toMatchObject({ kind: 'number', default: null })
  })

  it('agrees with the recipe on every default', () => {
    for (const { key, default: value } of fields) {
      expect(defaultStyleRecipe[key as keyof typeof defaultStyleRecipe] ?? null).toBe(value)
    }
  })
})
