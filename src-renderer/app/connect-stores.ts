/** @file Joins the stores to main: its state at the start, its events afterwards, and back to it what it has to keep. */
import { watchDebounced } from '@vueuse/core'
import { watch } from 'vue'
import type { KeptFileProblem, WindowState } from '../../src-shared/contract/window-contract'
import { ask } from '../bridge/bridge'
import type { EventStream } from '../bridge/window-events'
import { problemNotice } from '../features/dialogs/kept-file-words'
import { useActionsStore } from '../stores/actions'
import { useDeskStore } from '../stores/desk'
import { useDialogsStore } from '../stores/dialogs'
import { useEngineStore } from '../stores/engine'
import { useFrameStore } from '../stores/frame'
import { usePicturesStore } from '../stores/pictures'
import { useQueueStore } from '../stores/queue'
import { useResultsStore } from '../stores/results'
import { useRunStore } from '../stores/run'
import { useSettingsStore } from '../stores/settings'
import { useStageStore } from '../stores/stage'
import { useToastStore } from '../stores/toast'

/** Milliseconds that the desk has to rest before it is written down. */
const DESK_REST = 400

export function connectStores(state: WindowState, events: EventStream): void {
  const pictures = usePicturesStore()
  const run = useRunStore()
  const queue = useQueueStore()
  const results = useResultsStore()
  const engine = useEngineStore()
  const actions = useActionsStore()
  const desk = useDeskStore()
  const frame = useFrameStore()

  frame.maximised = state.maximised
  useSettingsStore().load(state)
  if (state.keptFileProblems.length > 0) tellOfProblems(state.keptFileProblems)
  useStageStore().surround = state.preferences.surround
  engine.load(state)
  pictures.load(state)
  desk.load(state)
  run.load(state)
  queue.load(state)
  results.load(state)

  events.deliver(
    {
      run: run.apply,
      queue: queue.apply,
      result: results.add,
      engine: (status) => {
        engine.status = status
      },
      opened: pictures.take,
      refused: pictures.refuse,
      action: ({ action }) => {
        actions.perform(action)
      },
      frame: ({ maximised }) => {
        frame.maximised = maximised
      },
    },
    state.eventNumber,
  )
  watch(
    () => ({ enabled: [...actions.enabled], marked: [...actions.marked] }),
    (states) => {
      void ask('reportActions', states)
    },
    { immediate: true },
  )
  watchDebounced(
    () => desk.desk,
    (kept) => {
      void ask('keepDesk', { desk: kept })
    },
    { debounce: DESK_REST },
  )
}

/** What a person had chosen does not hold: the settings tell why, and what does. */
function tellOfProblems(problems: readonly KeptFileProblem[]): void {
  const dialogs = useDialogsStore()
  const titles = problems.map((problem) => `${problemNotice(problem).title}.`)
  useToastStore().show(titles.join(' '), {
    label: 'Show',
    perform: () => {
      dialogs.open('settings')
    },
  })
}
