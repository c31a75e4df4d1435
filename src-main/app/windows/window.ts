/** @file The window: made safe, placed where it was, and brought back when its page crashes. */
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { APP_ORIGIN } from '../../ipc/own-frame'
import { MINIMUM_SIZE, windowBounds } from './window-bounds'
import type { WindowSettingsFile } from '../window-settings-file'

/** What shows before the page does: the window colour of tokens.css in both themes. */
const BACKGROUND = { dark: '#1a1a1a', light: '#e6e6e6' } as const

/** A page that crashes again within this time, in milliseconds, is not loaded a third time. */
const CRASH_INTERVAL = 10_000

export interface WindowOptions {
  readonly preload: string
  readonly settings: WindowSettingsFile
  readonly onMaximise: (maximised: boolean) => void
}

export function openWindow({ preload, settings, onMaximise }: WindowOptions): BrowserWindow {
  const { bounds, maximised } = settings.current
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()]
  const window = new BrowserWindow({
    ...windowBounds(
      bounds,
      displays.map(({ workArea }) => workArea),
    ),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'Impasto',
    frame: false,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (maximised) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
  })
  rememberBounds(window, settings)
  window.on('maximize', () => {
    onMaximise(true)
  })
  window.on('unmaximize', () => {
    onMaximise(false)
  })
  reloadAfterCrash(window)
  void window.loadURL(`${APP_ORIGIN}/index.html`)
  return window
}

function rememberBounds(window: BrowserWindow, settings: WindowSettingsFile): void {
  window.on('close', () => {
    settings.change({ bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  })
}

/** The painting lives in other processes, so a new page finds it as it was. */
function reloadAfterCrash(window: BrowserWindow): void {
  let lastCrash = 0
  window.webContents.on('render-process-gone', () => {
    const again = Date.now() - lastCrash < CRASH_INTERVAL
    lastCrash = Date.now()
    if (!again) window.webContents.reload()
  })
}
