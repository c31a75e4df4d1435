/** @file Listens to the keyboard: actions, the held key for the photograph, and walking through the panels. */
import { useEventListener } from '@vueuse/core'
import { watch } from 'vue'
import { useActionsStore } from '../stores/actions'
import { useDialogsStore } from '../stores/dialogs'
import { useStageStore } from '../stores/stage'
import { actionFor, type FocusPlace } from './shortcuts'

const PEEK_KEY = '\\'

export function useKeyboard(): void {
  const actions = useActionsStore()
  const stage = useStageStore()
  const dialogs = useDialogsStore()

  useEventListener(window, 'keydown', (event) => {
    const focus = focusPlace()
    if (event.key === PEEK_KEY && !focus.inTextField && stage.shows === 'run') {
      stage.peeking = true
      return
    }
    if (event.key === 'Escape') stage.onlyPicture = false
    if (event.defaultPrevented || dialogs.current !== null) return
    const action = actionFor(event, focus)
    if (action === null) return
    event.preventDefault()
    actions.perform(action)
  })
  useEventListener(window, 'keyup', ({ key }) => {
    if (key === PEEK_KEY) stage.peeking = false
  })
  useEventListener(window, 'blur', () => {
    stage.peeking = false
  })
  watch(
    () => actions.panelSteps,
    (now, before) => {
      focusPanel(now - before)
    },
  )
}

function focusPlace(): FocusPlace {
  const element = document.activeElement
  return {
    inTextField: element instanceof HTMLInputElement && element.type === 'text',
    onCanvas: element instanceof Element && element.closest('[data-canvas]') !== null,
  }
}

/** Moves the focus to the first thing in the panel that lies `step` further on. */
function focusPanel(step: number): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')]
  if (panels.length === 0) return
  const current = panels.findIndex((panel) => panel.contains(document.activeElement))
  const from = current === -1 && step < 0 ? 0 : current
  const panel = panels[(from + step + panels.length) % panels.length]
  const target =
    panel?.querySelector<HTMLElement>('[data-canvas]') ??
    panel?.querySelector<HTMLElement>('button:not(:disabled), input, [tabindex="0"]') ??
    panel
  target?.focus({ focusVisible: true })
}
