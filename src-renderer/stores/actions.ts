/** @file What each action of the table does in this window, and when it can be done. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { actionIds, type ActionId } from '../../src-shared/model/actions'
import { useDialogsStore } from './dialogs'
import { usePicturesStore } from './pictures'
import { useRecipeStore } from './recipe'
import { useRunStore } from './run'
import { useSettingsStore } from './settings'
import { useStageStore } from './stage'

interface Performer {
  readonly perform: () => unknown
  /** Always possible where it is left out. */
  readonly enabled?: () => boolean
  readonly marked?: () => boolean
}

export const useActionsStore = defineStore('actions', () => {
  const pictures = usePicturesStore()
  const recipe = useRecipeStore()
  const run = useRunStore()
  const stage = useStageStore()
  const settings = useSettingsStore()
  const dialogs = useDialogsStore()
  /** Panels listen to these two, as only they know where the focus is. */
  const panelSteps = ref(0)

  const paused = (): boolean => run.run?.status === 'paused' || run.run?.status === 'pausing'
  const showsRun = (): boolean => stage.shows === 'run' && run.run !== null

  const showView = (view: 'painting' | 'split' | 'photograph'): Performer => ({
    perform: () => {
      stage.view = view
    },
    enabled: showsRun,
    marked: () => stage.view === view,
  })

  const appear = (appearance: 'system' | 'dark' | 'light'): Performer => ({
    perform: () => {
      settings.setAppearance(appearance)
    },
    marked: () => settings.appearance === appearance,
  })

  const performers: Readonly<Record<ActionId, Performer>> = {
    'open-photograph': { perform: () => pictures.openDialog('photograph') },
    'add-painting': { perform: () => pictures.openDialog('painting') },
    paste: { perform: () => pictures.paste('photograph') },
    'frame-photograph': {
      perform: () => {
        dialogs.open('framing')
      },
      enabled: () => pictures.photograph !== null,
    },
    'save-painting': { perform: run.save, enabled: () => run.isDone },
    'copy-painting': { perform: run.copy, enabled: () => run.isDone },
    'reveal-painting': { perform: run.reveal, enabled: () => run.isDone },
    paint: {
      perform: run.paint,
      enabled: () =>
        !run.underWay && !recipe.lacksImage && pictures.photograph !== null && pictures.painting !== null,
    },
    pause: { perform: () => run.control(paused() ? 'resume' : 'pause'), enabled: () => run.underWay },
    stop: { perform: () => run.control('stop'), enabled: () => run.underWay },
    continue: {
      perform: () => run.continueRun(run.continueIterations),
      enabled: () => run.isDone,
    },
    'reset-recipe': { perform: recipe.resetAll, enabled: () => recipe.changed.length > 0 },
    'show-painting': showView('painting'),
    'show-split': showView('split'),
    'show-photograph': showView('photograph'),
    'zoom-in': {
      perform: () => {
        stage.zoomBy(1)
      },
      enabled: showsRun,
    },
    'zoom-out': {
      perform: () => {
        stage.zoomBy(-1)
      },
      enabled: showsRun,
    },
    'zoom-fit': { perform: stage.fit, enabled: showsRun },
    'zoom-actual': {
      perform: () => {
        stage.zoomTo(1)
      },
      enabled: showsRun,
    },
    surround: { perform: stage.nextSurround },
    'only-picture': {
      perform: () => {
        stage.onlyPicture = !stage.onlyPicture
      },
      enabled: showsRun,
      marked: () => stage.onlyPicture,
    },
    'next-panel': {
      perform: () => {
        panelSteps.value += 1
      },
    },
    'previous-panel': {
      perform: () => {
        panelSteps.value -= 1
      },
    },
    'appearance-system': appear('system'),
    'appearance-dark': appear('dark'),
    'appearance-light': appear('light'),
    shortcuts: {
      perform: () => {
        dialogs.open('shortcuts')
      },
    },
    computer: {
      perform: () => {
        dialogs.open('computer')
      },
    },
  }

  const enabled = computed(() => actionIds.filter((id) => performers[id].enabled?.() ?? true))
  const marked = computed(() => actionIds.filter((id) => performers[id].marked?.() ?? false))

  function isEnabled(id: ActionId): boolean {
    return enabled.value.includes(id)
  }

  /** Does it, if it can be done. Returns whether it could. */
  function perform(id: ActionId): boolean {
    if (!isEnabled(id)) return false
    void performers[id].perform()
    return true
  }

  return { enabled, marked, panelSteps, isEnabled, perform }
})
