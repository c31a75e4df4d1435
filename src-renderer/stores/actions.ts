/** @file What each action of the table does in this window, and when it can be done. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { actionIds, type ActionId } from '../../src-shared/model/actions'
import { useChangesStore } from './changes'
import { useDialogsStore, type DialogName } from './dialogs'
import { useFrameStore } from './frame'
import { useHistoryStore } from './history'
import { usePicturesStore } from './pictures'
import { useQueueStore } from './queue'
import { useRecipeStore } from './recipe'
import { useResultsStore } from './results'
import { useRunStore } from './run'
import { useSettingsStore } from './settings'
import { useStageStore } from './stage'
import { useStoppingStore } from './stopping'

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
  const queue = useQueueStore()
  const stopping = useStoppingStore()
  const stage = useStageStore()
  const settings = useSettingsStore()
  const dialogs = useDialogsStore()
  const changes = useChangesStore()
  const results = useResultsStore()
  const frame = useFrameStore()
  const history = useHistoryStore()
  /** Panels listen to these two, as only they know where the focus is. */
  const panelSteps = ref(0)

  const showsRun = (): boolean => run.shown !== null
  const canCompare = (): boolean => run.shown !== null && run.shown.start.photograph.origin !== 'gone'
  /** A picture that is still being read would come too late for the painting that is begun now. */
  const hasPair = (): boolean =>
    !recipe.lacksImage && !pictures.isReading && pictures.photograph !== null && pictures.painting !== null

  const showView = (view: 'painting' | 'split' | 'photograph'): Performer => ({
    perform: () => {
      stage.view = view
    },
    enabled: view === 'painting' ? showsRun : canCompare,
    marked: () => stage.view === view,
  })

  const withSaveable = (hand: (runId: string) => unknown): Performer => ({
    perform: () => run.saveable !== null && hand(run.saveable.start.runId),
    enabled: () => run.saveable !== null,
  })

  const zoomInterface = (zoom: 'in' | 'out' | 'reset'): Performer => ({
    perform: () => {
      frame.zoomInterface(zoom)
    },
  })

  const openDialog = (name: DialogName): Performer => ({
    perform: () => {
      dialogs.open(name)
    },
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
      ...openDialog('framing'),
      enabled: () => pictures.photograph !== null,
    },
    'save-painting': withSaveable(run.save),
    'copy-painting': withSaveable(run.copy),
    'reveal-painting': withSaveable(run.reveal),
    paint: {
      perform: () => run.paint({ instead: run.underWay }),
      // While a painting is under way, only another one is worth ending it for.
      enabled: () =>
        hasPair() && (run.underWay ? run.can('start-again') && changes.paintsAnother : run.can('paint')),
    },
    'queue-painting': {
      perform: queue.add,
      // With nothing to wait for it would begin at once, which is what "Paint" says.
      enabled: () => hasPair() && (run.underWay || queue.waiting.length > 0),
    },
    pause: {
      perform: () => run.control(run.can('resume') ? 'resume' : 'pause'),
      enabled: () => run.can('pause') || run.can('resume'),
    },
    stop: {
      perform: () => run.control(stopping.canForce ? 'stop-now' : 'stop'),
      enabled: () => run.can('stop') || stopping.canForce,
    },
    continue: {
      perform: () => run.docked !== null && run.continueRun(run.docked),
      enabled: () => run.can('continue') || run.can('retry'),
    },
    'pause-queue': {
      perform: () => queue.setPaused(!queue.isPaused),
      enabled: () => queue.isPaused || queue.waiting.length > 0,
      marked: () => queue.isPaused,
    },
    'clear-queue': { perform: queue.clear, enabled: () => queue.removable.length > 0 },
    'show-run': { perform: run.backToPainting, enabled: () => run.isOutOfSight },
    again: {
      perform: () => {
        if (results.shown !== null) results.again(results.shown)
      },
      enabled: () => results.shown !== null,
    },
    'delete-result': {
      perform: () => results.shown !== null && results.remove(results.shown),
      enabled: () => results.shown !== null && !run.beginning && !(run.underWay && run.shown === run.latest),
    },
    undo: {
      perform: history.undo,
      enabled: () => recipe.hasOpenStep || history.canUndo,
    },
    redo: { perform: history.redo, enabled: () => history.canRedo && !recipe.hasOpenStep },
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
    'interface-larger': zoomInterface('in'),
    'interface-smaller': zoomInterface('out'),
    'interface-actual': zoomInterface('reset'),
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
    settings: openDialog('settings'),
    shortcuts: openDialog('shortcuts'),
    computer: openDialog('computer'),
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
