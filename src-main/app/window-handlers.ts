/** @file What main does for each request of the window. */
import { parse } from 'node:path'
import { nativeTheme, type BrowserWindow, type Menu } from 'electron'
import { windowReport } from '../ipc/window-report'
import type { Opened, Refusal } from '../../src-shared/contract/window-contract'
import type { PictureRole, WindowPicture } from '../../src-shared/model/window-picture'
import type { WindowHandlers } from '../ipc/window-channel'
import type { EngineKeeper } from '../jobs/engine-keeper'
import type { Library } from '../storage/library'
import type { EngineWarmUp } from './runs/engine-warm-up'
import type { FileOpener } from './pictures/file-opener'
import { machineNow } from './machine'
import type { ActionStates } from './windows/menu'
import type { NetworkGuard } from './windows/network-guard'
import { choosePictureFile } from './pictures/open-dialog'
import type { PaintingRuns } from './runs/painting-runs'
import type { PictureShelf } from './pictures/picture-shelf'
import type { PaintingSaver } from './pictures/painting-saver'
import type { WindowSettingsFile } from './window-settings-file'

export interface HandlerParts {
  readonly window: () => BrowserWindow
  readonly samples: {
    readonly photographs: readonly WindowPicture[]
    readonly paintings: readonly WindowPicture[]
  }
  readonly settings: WindowSettingsFile
  readonly warmUp: EngineWarmUp
  readonly painter: EngineKeeper
  readonly pictureEngine: EngineKeeper
  readonly library: Library
  readonly runs: PaintingRuns
  readonly shelf: PictureShelf
  readonly opener: FileOpener
  readonly saver: PaintingSaver
  readonly network: NetworkGuard
  readonly menu: { readonly current: Menu; update(states: ActionStates): void }
  readonly onWindowReady: () => void
}

export function windowHandlers(parts: HandlerParts): WindowHandlers {
  const { window, settings, runs, opener, saver, shelf } = parts
  const machine = () => machineNow(parts.painter.processId)
  return {
    windowState: async () => ({
      photographs: [...parts.samples.photographs],
      paintings: [...parts.samples.paintings],
      appearance: settings.current.appearance,
      surround: settings.current.surround,
      engine: parts.warmUp.status,
      machine: machine(),
      run: runs.state,
      unfinished: [...(await runs.unfinished())],
    }),
    windowReady: () => {
      parts.onWindowReady()
      return {}
    },
    machine,
    diagnosis: async () => ({
      diagnosis: await parts.pictureEngine.engine().run('diagnose', { library: parts.library.folder }).result,
      refusedRequests: [...parts.network.refusedRequests],
    }),
    choosePicture: async ({ role }) => {
      const path = await choosePictureFile(window(), role)
      return path === null ? null : opener.open(path, role)
    },
    openFile: ({ path, role }) => opener.open(path, role),
    openBytes: ({ name, bytes, role }) => opener.openBytes(name, bytes, role),
    pastePicture: ({ role }) => opener.paste(role),
    framePhotograph: ({ photograph, framing }) => shelf.framed(photograph, framing),
    paint: done((request) => runs.paint(request)),
    controlRun: done(({ control }) => {
      runs.control(control)
    }),
    continueRun: done(({ additionalIterations }) => {
      runs.continue(additionalIterations)
    }),
    resumeRun: done(({ runId, finish }) => runs.resume(runId, finish)),
    discardRun: done(({ runId }) => runs.discard(runId)),
    savePainting: () => saver.save(window(), runs.output, proposedName(runs)),
    copyPainting: done(() => saver.copy(runs.output)),
    revealPainting: done(() => {
      saver.reveal(runs.output)
    }),
    changeSettings: done(({ appearance, surround }) => {
      settings.change({
        appearance: appearance ?? settings.current.appearance,
        surround: surround ?? settings.current.surround,
      })
      nativeTheme.themeSource = settings.current.appearance
    }),
    reportActions: done((states) => {
      parts.menu.update(states)
    }),
    controlWindow: done(({ control }) => {
      controlWindow(window(), control, parts.menu.current)
    }),
  }
}

/** A request whose answer is only that it was done. */
function done<Arguments>(
  work: (requestArguments: Arguments) => Promise<void> | void,
): (requestArguments: Arguments) => Promise<Record<string, never>> {
  return async (requestArguments) => {
    await work(requestArguments)
    return {}
  }
}

/** `coffee, The Night Café.png`: what an artist would call it. */
function proposedName({ state }: PaintingRuns): string {
  if (state === null) return 'painting.png'
  const { photograph, painting } = state.start
  return `${parse(photograph.name).name}, ${parse(painting.name).name}.png`
}

function controlWindow(
  window: BrowserWindow,
  control: 'minimise' | 'maximise' | 'close' | 'menu',
  menu: Menu,
): void {
  switch (control) {
    case 'minimise':
      window.minimize()
      return
    case 'maximise':
      if (window.isMaximized()) window.unmaximize()
      else window.maximize()
      return
    case 'close':
      window.close()
      return
    case 'menu':
      menu.popup({ window, x: MENU_PLACE.x, y: MENU_PLACE.y })
  }
}

/** Below the menu button at the left end of the title bar, in px. */
const MENU_PLACE = { x: 8, y: 40 } as const

/** Opens a file that came from outside the window, and tells the window what it was or why it was refused. */
export async function openFromOutside(
  opener: FileOpener,
  path: string,
  tell: { readonly opened: (opened: Opened) => void; readonly refused: (refusal: Refusal) => void },
): Promise<void> {
  const role: PictureRole = 'photograph'
  try {
    tell.opened(await opener.open(path, role))
  } catch (thrown) {
    tell.refused({ name: parse(path).base, role, error: windowReport(thrown) })
  }
}
