/** @file The recipe that the sliders write. A painting takes a frozen copy of it. */
import { watchDebounced } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { recipeFields, type RecipeField } from '../../src-shared/model/recipe-fields'
import { defaultStyleRecipe, styleRecipeSchema, type StyleRecipe } from '../../src-shared/model/style-recipe'
import type { WindowPicture } from '../../src-shared/model/window-picture'
import { ask } from '../bridge/bridge'
import { useHistoryStore, type Step } from './history'

export type RecipeKey = Exclude<keyof StyleRecipe, 'version'>
export type RecipeValue = StyleRecipe[RecipeKey]

const fields = recipeFields(styleRecipeSchema)

/** Milliseconds that a slider has to rest before its way there counts as one step to undo. */
const STEP_REST = 400

export const useRecipeStore = defineStore('recipe', () => {
  const recipe = shallowRef<StyleRecipe>(defaultStyleRecipe)
  /** What the painting starts from where the recipe says `image`. */
  const initialImage = shallowRef<WindowPicture | null>(null)

  const history = useHistoryStore()
  /** The recipe after the last step. */
  const committed = shallowRef(recipe.value)
  watchDebounced(recipe, commitStep, { debounce: STEP_REST })
  history.settleBy(commitStep)
  /** It was moved since the last step, which does not count as one yet. */
  const hasOpenStep = computed(() => recipe.value !== committed.value)

  /** The recipe starts from an image that nobody has chosen yet. */
  const lacksImage = computed(() => recipe.value.init === 'image' && initialImage.value === null)
  const changed = computed(() => fields.filter(({ key }) => isChanged(key)))

  function valueOf(key: string): RecipeValue {
    return recipe.value[key as RecipeKey]
  }

  function isChanged(key: string): boolean {
    return valueOf(key) !== defaultStyleRecipe[key as RecipeKey]
  }

  /** Counts what was moved as a step. Whatever else counts as one has to call it before. */
  function commitStep(): void {
    if (!hasOpenStep.value) return
    const moved = recipe.value
    recipe.value = committed.value
    history.add(replace(moved))
  }

  /** Takes another recipe, as a step that somebody has to count. */
  function replace(next: StyleRecipe): Step {
    const before = recipe.value
    beginWith(next)
    return {
      takeBack: () => {
        // What was moved since is a step of its own, and so is going back behind it.
        if (recipe.value === next) beginWith(before)
        else recipe.value = before
      },
      doAgain: () => {
        beginWith(next)
      },
    }
  }

  /** Takes another image to start from, as a step that somebody has to count. */
  function startFrom(next: WindowPicture | null): Step {
    const before = initialImage.value
    initialImage.value = next
    return {
      takeBack: () => {
        // What was chosen since stays.
        if (initialImage.value === next) initialImage.value = before
      },
      doAgain: () => {
        initialImage.value = next
      },
    }
  }

  /** Takes a recipe as the beginning of what can be undone in it. */
  function beginWith(begun: StyleRecipe): void {
    recipe.value = begun
    committed.value = begun
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

  /** Takes the recipe of a file, and offers the way back. */
  function loadFrom(name: string, loaded: StyleRecipe): void {
    commitStep()
    history.offer(`Took the recipe of ${name}.`, replace(loaded))
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
    hasOpenStep,
    changed,
    valueOf,
    isChanged,
    set,
    reset,
    resetAll,
    commitStep,
    replace,
    startFrom,
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
