/** @file What lies on the desk, as main keeps it for the next start. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { WindowState } from '../../src-shared/contract/window-contract'
import { MOST_KEPT, type Desk } from '../../src-shared/model/desk'
import { usePicturesStore } from './pictures'
import { useRecipeStore } from './recipe'
import { useStageStore } from './stage'

export const useDeskStore = defineStore('desk', () => {
  const pictures = usePicturesStore()
  const recipe = useRecipeStore()
  const stage = useStageStore()

  const desk = computed<Desk>(() => ({
    photographs: pictures.photographs.slice(-MOST_KEPT).map(({ id }) => id),
    paintings: pictures.paintings.slice(-MOST_KEPT).map(({ id }) => id),
    photograph: pictures.photograph?.id ?? null,
    framing: pictures.framing,
    painting: pictures.painting?.id ?? null,
    initialImage: recipe.initialImage?.id ?? null,
    recipe: recipe.recipe,
    shown: stage.runId,
  }))

  /** The recipe as it was left; the pictures are loaded by their own store. */
  function load(state: WindowState): void {
    if (state.desk !== null) recipe.beginWith(state.desk.recipe)
    recipe.initialImage = state.initialImage
  }

  return { desk, load }
})
