/** @file Joins the stores to main: its state at the start, its events afterwards, and the menus' marks back to it. */
import { watch } from 'vue'
import type { WindowState } from '../../src-shared/contract/window-contract'
import { ask, listen } from '../bridge/bridge'
import { useActionsStore } from '../stores/actions'
import { useEngineStore } from '../stores/engine'
import { usePicturesStore } from '../stores/pictures'
import { useRunStore } from '../stores/run'
import { useSettingsStore } from '../stores/settings'
import { useStageStore } from '../stores/stage'

export function connectStores(state: WindowState): void {
  const pictures = usePicturesStore()
  const run = useRunStore()
  const engine = useEngineStore()
  const actions = useActionsStore()

  useSettingsStore().appearance = state.appearance
  useStageStore().surround = state.surround
  engine.load(state)
  pictures.load(state)
  run.load(state)

  const events = listen()
  events.run(run.apply)
  events.engine((status) => {
    engine.status = status
  })
  events.opened(pictures.take)
  events.refused(pictures.refuse)
  events.action(({ action }) => {
    actions.perform(action)
  })
  watch(
    () => ({ enabled: [...actions.enabled], marked: [...actions.marked] }),
    (states) => {
      void ask('reportActions', states)
    },
    { immediate: true },
  )
}
