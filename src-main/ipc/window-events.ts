/** @file What main tells the window, numbered (see [Note: Numbered events]). */
import type { BrowserWindow } from 'electron'
import { eventChannel } from '../../src-shared/contract/window-channels'
import type { NumberedEvent, WindowEvent, WindowEventName } from '../../src-shared/contract/window-contract'

export class WindowEvents {
  #last = 0

  readonly #window: () => BrowserWindow | null

  constructor(window: () => BrowserWindow | null) {
    this.#window = window
  }

  /** The number of the event that was told last. */
  get last(): number {
    return this.#last
  }

  /** Tells the window what happened. A window that is gone hears nothing, and asks for the state when it is back. */
  tell<Name extends WindowEventName>(name: Name, event: WindowEvent<Name>): void {
    this.#last += 1
    const numbered: NumberedEvent<Name> = { number: this.#last, event }
    const window = this.#window()
    if (window !== null && !window.isDestroyed()) window.webContents.send(eventChannel(name), numbered)
  }
}
