/** @file Brings the window back when its page crashes or hangs. The painting lives in other processes and goes on. */
import { app, dialog, type BrowserWindow, type MessageBoxOptions } from 'electron'

/** A page that crashes again within this time, in milliseconds, is loaded a third time only where it is wished. */
const CRASH_INTERVAL = 10_000

export function recoverPage(window: BrowserWindow): void {
  reloadAfterCrash(window)
  offerReloadWhenHanging(window)
}

function reloadAfterCrash(window: BrowserWindow): void {
  let lastCrash = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const again = Date.now() - lastCrash < CRASH_INTERVAL
    lastCrash = Date.now()
    if (!again) window.webContents.reload()
    else void offerReload(window)
  })
}

async function offerReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The window failed twice in a row.',
    detail: 'A painting under way goes on, and is saved every few seconds.',
    buttons: ['Show the window again', 'Quit Impasto'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) app.quit()
  else if (!window.isDestroyed()) window.webContents.reload()
}

function offerReloadWhenHanging(window: BrowserWindow): void {
  let asking: AbortController | null = null
  window.on('unresponsive', () => {
    if (asking !== null) return
    asking = new AbortController()
    const question: MessageBoxOptions = {
      type: 'warning',
      message: 'The window does not answer.',
      detail: 'A painting under way goes on, whatever you choose.',
      buttons: ['Wait', 'Load the window anew'],
      defaultId: 0,
      cancelId: 0,
      signal: asking.signal,
    }
    void dialog.showMessageBox(window, question).then(({ response }) => {
      asking = null
      if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
    })
  })
  window.on('responsive', () => {
    asking?.abort()
  })
}
