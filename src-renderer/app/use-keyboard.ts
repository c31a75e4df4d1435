/** @file Listens to the keyboard: actions, the held key for the photograph, walking through the panels, a place for the focus. */
import { useEventListener } from '@vueuse/core'
import { nextTick, watch } from 'vue'
import { useActionsStore } from '../stores/actions'
import { useSettingsStore } from '../stores/settings'
import { useStageStore } from '../stores/stage'
import { actionFor, doesAction, type FocusPlace } from './shortcuts'

const PEEK_KEY = '\\'
const MOVES_FOCUS = new Set(['Tab', 'F6', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'])

export function useKeyboard(): void {
  const actions = useActionsStore()
  const stage = useStageStore()
  const settings = useSettingsStore()
  /** The focus came where it is by a key, not by a click. */
  let focusedByKey = false

  useEventListener(window, 'keydown', (event) => {
    if (MOVES_FOCUS.has(event.key)) focusedByKey = true
    // A held Enter would press the button that has the focus over and over.
    if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement) {
      event.preventDefault()
    }
    const focus = { ...focusPlace(focusedByKey), singleKeys: settings.singleKeys }
    // What lies behind a dialog or a question is not reached by keys either.
    if (event.defaultPrevented || isModalOpen()) return
    if (event.key === PEEK_KEY && focus.singleKeys && !focus.inTextField && stage.runId !== null) {
      stage.peeking = true
      return
    }
    if (event.key === 'Escape') stage.onlyPicture = false
    const action = actionFor(event, focus)
    if (action === null) return
    // A repeat that does nothing must not do anything else either, such as scroll.
    if (!doesAction(event, action) || actions.perform(action)) event.preventDefault()
  })
  useEventListener(window, 'pointerdown', () => {
    focusedByKey = false
  })
  useEventListener(window, 'keyup', ({ key }) => {
    if (key === PEEK_KEY) stage.peeking = false
  })
  useEventListener(window, 'blur', () => {
    stage.peeking = false
  })
  // The button that began a painting goes with the start panel, and the focus would fall out of the window.
  watch(
    () => stage.runId,
    async () => {
      await nextTick()
      if (document.activeElement === document.body) {
        const canvas = document.querySelector<HTMLElement>('[data-canvas]')
        // Nobody asked for the focus there, so it shows only once a key moves it.
        canvas?.setAttribute('data-focus-given', '')
        canvas?.focus({ preventScroll: true })
        canvas?.addEventListener(
          'blur',
          () => {
            canvas.removeAttribute('data-focus-given')
          },
          { once: true },
        )
      }
    },
  )
  watch(
    () => actions.panelSteps,
    (now, before) => {
      focusPanel(now - before)
    },
  )
}

function isModalOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}

function focusPlace(focusedByKey: boolean): Omit<FocusPlace, 'singleKeys'> {
  const element = document.activeElement
  return {
    inTextField: element instanceof HTMLInputElement && element.type === 'text',
    // A control that was only clicked keeps the focus, but nobody means it by Space: that is then the picture's.
    takesSpace: focusedByKey && element instanceof Element && element.matches('button, input'),
    textSelected: document.getSelection()?.isCollapsed === false,
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
