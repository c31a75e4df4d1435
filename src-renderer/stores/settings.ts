/** @file A person's taste, and what the library holds. Main tells the system's theme; the page's media query follows. */
import { usePreferredDark } from '@vueuse/core'
import { defineStore } from 'pinia'
import { ref, shallowRef, watchEffect } from 'vue'
import type { KeptFileProblem, LibraryFacts, WindowState } from '../../src-shared/contract/window-contract'
import type { ErrorReport } from '../../src-shared/errors/codes'
import { reportOf } from '../../src-shared/errors/impasto-error'
import type { Appearance, CheckpointDays } from '../../src-shared/model/window-settings'
import { ask } from '../bridge/bridge'
import { useRunStore } from './run'

export const useSettingsStore = defineStore('settings', () => {
  const appearance = ref<Appearance>('dark')
  const singleKeys = ref(true)
  const checkpointDays = ref<CheckpointDays>(7)
  /** Why the settings, or the desk, are not those of the last window. */
  const problems = shallowRef<readonly KeptFileProblem[]>([])
  const library = shallowRef<LibraryFacts | null>(null)
  /** The library is being counted or moved. */
  const busy = ref(false)
  /** Why the last wish was not fulfilled. */
  const failure = shallowRef<ErrorReport | null>(null)
  const prefersDark = usePreferredDark()

  watchEffect(() => {
    document.documentElement.dataset.theme = prefersDark.value ? 'dark' : 'light'
  })

  function load({ preferences, keptFileProblems }: WindowState): void {
    appearance.value = preferences.appearance
    singleKeys.value = preferences.singleKeys
    checkpointDays.value = preferences.checkpointDays
    problems.value = keptFileProblems
  }

  function setAppearance(next: Appearance): void {
    appearance.value = next
    void ask('changePreferences', { appearance: next })
  }

  function setSingleKeys(next: boolean): void {
    singleKeys.value = next
    void ask('changePreferences', { singleKeys: next })
  }

  function setCheckpointDays(next: CheckpointDays): void {
    checkpointDays.value = next
    void ask('changePreferences', { checkpointDays: next })
  }

  async function updateLibrary(work: () => Promise<LibraryFacts | null>): Promise<void> {
    failure.value = null
    busy.value = true
    try {
      library.value = (await work()) ?? library.value
    } catch (thrown) {
      failure.value = reportOf(thrown)
    } finally {
      busy.value = false
    }
  }

  const countLibrary = () => updateLibrary(() => ask('libraryFacts', {}))
  const choosePicturesFolder = () => updateLibrary(() => ask('choosePicturesFolder', {}))
  const clearCheckpoints = () =>
    updateLibrary(async () => {
      const facts = await ask('clearCheckpoints', {})
      useRunStore().forgetCheckpoints()
      return facts
    })

  return {
    appearance,
    singleKeys,
    checkpointDays,
    problems,
    library,
    busy,
    failure,
    load,
    setAppearance,
    setSingleKeys,
    setCheckpointDays,
    countLibrary,
    choosePicturesFolder,
    clearCheckpoints,
  }
})
