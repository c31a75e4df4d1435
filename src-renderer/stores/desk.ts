/** @file What lies on the desk, as main keeps it for the next start. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { WindowState } from '../../src-shared/contract/window-contract'
import { MOST_KEPT, type Desk } from '../../src-shared/model/desk'
import type { RunStart } from '../../src-shared/model/run-state'
import type { StyleRecipe } from '../../src-shared/model/style-recipe'
import type { Step } from './history'
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

  /**
   * Takes what a painting was made of: its recipe and, where they are known, its pictures. It is one step, that somebody
   * has to count: one undo takes back all of it.
   */
  function adopt(adopted: StyleRecipe, start: RunStart | null): Step {
    recipe.commitStep()
    const parts = [recipe.replace(adopted)]
    if (start !== null) parts.push(pictures.adopt(start))
    if (start !== null && adopted.init === 'image') parts.push(recipe.startFrom(start.initialImage))
    return {
      takeBack: () => {
        for (const part of parts) part.takeBack()
      },
      doAgain: () => {
        for (const part of parts) part.doAgain?.()
      },
    }
  }

  return { desk, load, adopt }
})
