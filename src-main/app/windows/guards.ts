/**
 * @file What no window may do: leave our page, open another, embed one, or be given a permission
 * (items 4, 5 and 11 to 15 of Electron's security list).
 */
import { app, type Session, type WebContents } from 'electron'
import { isOwnPage } from '../../ipc/own-frame'

/**
 * WebRTC is the one way to the network that the guard of requests does not see, and Electron has no switch for it. Sent
 * through a proxy, its TCP ends where the proxy does: at port 9 of this machine ("discard"), where nobody listens, or
 * somebody who throws away what comes. Loopback goes there too, which Chromium would reach without the proxy.
 */
const NO_WAY_OUT = { proxyRules: 'socks5://127.0.0.1:9', proxyBypassRules: '<-loopback>' }

function guardSession(session: Session): void {
  void session.setProxy(NO_WAY_OUT)
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
  // UDP would go past the proxy.
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
