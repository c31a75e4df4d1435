/**
 * @file What no window may do: leave our page, open another, embed one, or be given a permission
 * (items 4, 5 and 11 to 15 of Electron's security list).
 */
import { app, type Session, type WebContents } from 'electron'
import { isOwnPage } from '../../ipc/own-frame'

function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}

/** Guards every session and every page that this program will ever make. Called before Electron is ready. */
export function guardEverything(guardRequests: (session: Session) => void): void {
  // As root Chromium runs without its sandbox or not at all; whoever starts it so has been told (scripts/start).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.on('session-created', (session) => {
    guardSession(session)
    guardRequests(session)
  })
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents)
  })
}

function guardContents(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.on('will-navigate', (event) => {
    event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault()
  })
}
