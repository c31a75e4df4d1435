/** @file What the desktop shows and does while a painting is under way: progress on the task bar, no sleep. */
import { powerSaveBlocker, type BrowserWindow } from 'electron'
import type { RunState } from '../../../src-shared/model/run-state'
import { canWish, isUnderWay } from '../../../src-shared/model/run-status'

/** Electron's value for a task bar without progress. */
const NO_PROGRESS = -1

export class RunEffects {
  #blocker: number | null = null

  show(window: BrowserWindow | null, state: RunState | null): void {
    const working = state !== null && isUnderWay(state.status) && state.status !== 'paused'
    this.#keepAwake(working)
    if (window === null || window.isDestroyed()) return
    if (!working) {
      window.setProgressBar(NO_PROGRESS)
      if (state !== null && canWish(state, 'save') && !window.isFocused()) window.flashFrame(true)
    } else if (state.total > 0) {
      window.setProgressBar(state.iteration / state.total)
    }
  }

  #keepAwake(working: boolean): void {
    if (working) {
      this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    } else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker)
      this.#blocker = null
    }
  }
}
