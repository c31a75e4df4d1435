/** @file The recipe that the sliders write. A painting takes a frozen copy of it. */
import { useManualRefHistory, watchDebounced } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { recipeFields, type RecipeField } from '../../src-shared/model/recipe-fields'
import { defaultStyleRecipe, styleRecipeSchema, type StyleRecipe } from '../../src-shared/model/style-recipe'
import type { WindowPicture } from '../../src-shared/model/window-picture'
import { ask } from '../bridge/bridge'
import { UNDO, useToastStore } from './toast'

export type RecipeKey = Exclude<keyof StyleRecipe, 'version'>
export type RecipeValue = StyleRecipe[RecipeKey]

const fields = recipeFields(styleRecipeSchema)

/** Milliseconds that a slider has to rest before its way there counts as one step to undo. */
const STEP_REST = 400
const STEPS_KEPT = 200

export const useRecipeStore = defineStore('recipe', () => {
  const recipe = shallowRef<StyleRecipe>(defaultStyleRecipe)
  /** What the painting starts from where the recipe says `image`. */
  const initialImage = shallowRef<WindowPicture | null>(null)

  const history = useManualRefHistory(recipe, { capacity: STEPS_KEPT })
  watchDebounced(recipe, commitStep, { debounce: STEP_REST })
  const canUndo = computed(() => history.canUndo.value || hasOpenStep())
  const canRedo = computed(() => history.canRedo.value && !hasOpenStep())

  /** The recipe starts from an image that nobody has chosen yet. */
  const lacksImage = computed(() => recipe.value.init === 'image' && initialImage.value === null)
  const changed = computed(() => fields.filter(({ key }) => isChanged(key)))

  function valueOf(key: string): RecipeValue {
    return recipe.value[key as RecipeKey]
  }

  function isChanged(key: string): boolean {
    return valueOf(key) !== defaultStyleRecipe[key as RecipeKey]
  }

  /** What was moved since the last step and does not count as one yet. */
  function hasOpenStep(): boolean {
    return recipe.value !== history.last.value.snapshot
  }

  function commitStep(): void {
    if (hasOpenStep()) history.commit()
  }

  function undo(): void {
    commitStep()
    history.undo()
  }

  function redo(): void {
    if (canRedo.value) history.redo()
  }

  /** Takes a recipe as the beginning: there is nothing to undo before it. */
  function beginWith(begun: StyleRecipe): void {
    recipe.value = begun
    history.commit()
    history.clear()
  }

  /** Sets a field. `undefined` clears one that may be left out; a value that does not fit is left aside. */
  function set(key: string, value: RecipeValue): void {
    const parsed = styleRecipeSchema.safeParse(withField(recipe.value, key, value))
    if (parsed.success) recipe.value = parsed.data
  }

  function reset(key: string): void {
    set(key, defaultStyleRecipe[key as RecipeKey])
  }

  function resetAll(): void {
    recipe.value = defaultStyleRecipe
  }

  /** Takes the recipe of a file or of another painting, and offers the way back. */
  function loadFrom(name: string, loaded: StyleRecipe): void {
    commitStep()
    const before = recipe.value
    recipe.value = loaded
    useToastStore().show(`Took the recipe of ${name}.`, {
      label: UNDO,
      perform: () => {
        recipe.value = before
      },
    })
  }

  /** Lets the person choose what the painting starts from. @throws ImpastoError why the file was refused */
  async function chooseInitialImage(): Promise<void> {
    const opened = await ask('choosePicture', { role: 'painting' })
    if (opened?.kind === 'picture') initialImage.value = opened.picture
  }

  function fieldsOf(group: RecipeField['group']): readonly RecipeField[] {
    return fields.filter((field) => field.group === group)
  }

  return {
    recipe,
    initialImage,
    lacksImage,
    canUndo,
    canRedo,
    changed,
    valueOf,
    isChanged,
    set,
    reset,
    resetAll,
    undo,
    redo,
    beginWith,
    loadFrom,
    chooseInitialImage,
    fieldsOf,
  }
})

/** A field without a value is left out of a recipe, not written as undefined. */
function withField(recipe: StyleRecipe, key: string, value: RecipeValue): Record<string, unknown> {
  const entries = Object.entries({ ...recipe, [key]: value })
  return Object.fromEntries(entries.filter(([, field]) => field !== undefined))
}
