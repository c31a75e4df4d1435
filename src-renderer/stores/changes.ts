/** @file What is different from the painting that was begun last: whether "Paint" would make another one. */
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
    const begun = run.run?.start.recipe
    if (begun === undefined) return []
    return fields.flatMap(({ key, title }) => {
      const before = begun[key as keyof StyleRecipe]
      const now = recipe.recipe[key as keyof StyleRecipe]
      return before === now ? [] : [`${title} ${inWords(before)} to ${inWords(now)}`]
    })
  })

  const hasOtherPictures = computed(() => {
    const start = run.run?.start
    return start?.framed.image !== pictures.framed?.image || start?.painting.id !== pictures.painting?.id
  })

  const paintsAnother = computed(() => changedFields.value.length > 0 || hasOtherPictures.value)

  return { changedFields, paintsAnother }
})

function inWords(value: StyleRecipe[keyof StyleRecipe]): string {
  if (typeof value === 'number') return formatNumber(value)
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return value ?? 'none'
}
