/** @file What is different from the painting that the dock speaks of: whether "Paint" would make another one. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { recipeFields } from '../../src-shared/model/recipe-fields'
import { styleRecipeSchema, type StyleRecipe } from '../../src-shared/model/style-recipe'
import { formatNumber } from '../composables/format-number'
import { usePicturesStore } from './pictures'
import { useRecipeStore } from './recipe'
import { useRunStore } from './run'

const fields = recipeFields(styleRecipeSchema)

export const useChangesStore = defineStore('changes', () => {
  const recipe = useRecipeStore()
  const pictures = usePicturesStore()
  const run = useRunStore()

  /** The fields that differ from the recipe of the painting: `Detail 50 to 35`. */
  const changedFields = computed<readonly string[]>(() => {
    const begun = run.docked?.start.recipe
    if (begun === undefined) return []
    return fields.flatMap(({ key, title }) => {
      const before = begun[key as keyof StyleRecipe]
      const now = recipe.recipe[key as keyof StyleRecipe]
      return before === now ? [] : [`${title} ${inWords(before)} to ${inWords(now)}`]
    })
  })

  /** Different pictures, in words. */
  const changedPictures = computed<readonly string[]>(() => {
    const start = run.docked?.start
    if (start === undefined) return []
    const photograph = start.framed.image === pictures.framed?.image ? [] : ['the photograph']
    const painting = start.painting.id === pictures.painting?.id ? [] : ['the painting']
    const startsFromAnother =
      recipe.recipe.init === 'image' && start.initialImage?.id !== recipe.initialImage?.id
    return [...photograph, ...painting, ...(startsFromAnother ? ['the image to start from'] : [])]
  })

  const paintsAnother = computed(() => changedFields.value.length > 0 || changedPictures.value.length > 0)

  return { changedFields, changedPictures, paintsAnother }
})

function inWords(value: StyleRecipe[keyof StyleRecipe]): string {
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return value ?? 'none'
}
