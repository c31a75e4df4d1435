/** @file The window: made safe, placed where it was. */
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { APP_ORIGIN } from '../../ipc/own-frame'
import { MINIMUM_SIZE, windowBounds } from './window-bounds'
import { recoverPage } from './window-recovery'
import type { WindowSettingsFile } from '../window-settings-file'

/** What shows before the page does: the window colour of tokens.css in both themes. */
const BACKGROUND = { dark: '#1a1a1a', light: '#e6e6e6' } as const

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
      zoomFactor: settings.current.interfaceZoom,
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
  recoverPage(window)
  void window.loadURL(`${APP_ORIGIN}/index.html`)
  return window
}

function rememberBounds(window: BrowserWindow, settings: WindowSettingsFile): void {
  window.on('close', () => {
    settings.change({ bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  })
}
