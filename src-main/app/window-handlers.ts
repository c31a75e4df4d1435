/** @file What main does for each request of the window. */
import { parse } from 'node:path'
import { nativeTheme, type BrowserWindow, type Menu } from 'electron'
import type { Opened, Refusal, WindowState } from '../../src-shared/contract/window-contract'
import { framedSize } from '../../src-shared/math/framing-geometry'
import type { Diagnosis } from '../../src-shared/model/diagnosis'
import type { Preferences } from '../../src-shared/model/window-settings'
import type { PictureRole, WindowPicture } from '../../src-shared/model/window-picture'
import type { WindowHandlers } from '../ipc/window-channel'
import { placeLabel } from '../ipc/place-label'
import { windowReport } from '../ipc/window-report'
import type { EngineKeeper } from '../jobs/engine-keeper'
import type { JobQueue } from '../jobs/queue/job-queue'
import type { Library } from '../storage/library'
import { listRuns } from '../storage/run-list'
import type { LibraryKeeper } from './library-keeper'
import { machineNow } from './machine'
import type { DeskFile } from './pictures/desk-file'
import type { FileOpener } from './pictures/file-opener'
import { choosePictureFile, choosePicturesFolder } from './pictures/open-dialog'
import type { PaintingSaver } from './pictures/painting-saver'
import type { PictureShelf } from './pictures/picture-shelf'
import { checkSmallestPhotograph } from './pictures/smallest-photograph'
import type { EngineWarmUp } from './runs/engine-warm-up'
import type { PaintingRuns } from './runs/painting-runs'
import { queueHandlers } from './runs/queue-handlers'
import type { QueueView } from './runs/queue-view'
import type { Results } from './runs/results'
import type { WindowSettingsFile } from './window-settings-file'
import { zoomedInterface } from './windows/interface-zoom'
import type { ActionStates } from './windows/menu'
import type { NetworkGuard } from './windows/network-guard'

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
  readonly keeper: LibraryKeeper
  readonly runs: PaintingRuns
  readonly queue: JobQueue
  readonly queueView: QueueView
  readonly results: Results
  readonly shelf: PictureShelf
  readonly desk: DeskFile
  readonly opener: FileOpener
  readonly saver: PaintingSaver
  readonly network: NetworkGuard
  readonly menu: { readonly current: Menu; update(states: ActionStates): void }
  /** The number of the last event that was told (see [Note: Numbered events]). */
  readonly eventNumber: () => number
  readonly onWindowReady: () => void
}

export function windowHandlers(parts: HandlerParts): WindowHandlers {
  const { window, settings, runs, results, opener, saver, shelf, keeper } = parts
  const machine = () => machineNow(parts.painter.processId)
  return {
    windowState: () => windowState(parts),
    windowReady: () => {
      parts.onWindowReady()
      return {}
    },
    machine,
    diagnosis: async () => {
      const task = parts.pictureEngine.engine().run('diagnose', { library: parts.library.folder })
      const diagnosis = withPlaceLabels(await task.result)
      // It has loaded TensorFlow for this; pictures need none, and get a new engine.
      void parts.pictureEngine.shutDown()
      return { diagnosis, refusedRequests: [...parts.network.refusedRequests] }
    },
    choosePicture: async ({ role }) => {
      const path = await choosePictureFile(window(), role)
      return path === null ? null : opener.open(path, role)
    },
    openFile: ({ path, role }) => opener.open(path, role),
    openBytes: ({ name, bytes, role }) => opener.openBytes(name, bytes, role),
    pastePicture: ({ role }) => opener.paste(role),
    framePhotograph: ({ photograph, framing }) => {
      checkSmallestPhotograph(shelf.path(photograph), framedSize(shelf.picture(photograph), framing))
      return shelf.framed(photograph, framing)
    },
    paint: done((request) => runs.paint(request)),
    ...queueHandlers(parts.queue, runs),
    controlRun: done(({ runId, control }) => {
      runs.control(runId, control)
    }),
    continueRun: done((request) => runs.continue(request)),
    discardRun: done(({ runId }) => runs.discard(runId)),
    showResult: ({ runId }) => results.stateOf(runId),
    deleteResult: done(({ runId }) => {
      results.delete(runId)
      runs.forget(runId)
    }),
    restoreResult: ({ runId }) => results.restore(runId),
    binResult: done(({ runId }) => results.bin(runId)),
    forgetAbsent: async () => ({ absent: await results.forgetAbsent() }),
    savePainting: async ({ runId }) => {
      const { photograph, painting } = await results.namesOf(runId)
      // What an artist would call it.
      const proposedName = `${parse(photograph).name}, ${parse(painting).name}.png`
      return saver.save(window(), await results.pathOf(runId), proposedName)
    },
    copyPainting: done(async ({ runId }) => saver.copy(await results.pathOf(runId))),
    revealPainting: done(async ({ runId }) => {
      saver.reveal(await results.pathOf(runId))
    }),
    keepDesk: done(({ desk }) => {
      parts.desk.keep(desk)
    }),
    libraryFacts: () => keeper.facts(),
    choosePicturesFolder: async () => {
      const folder = await choosePicturesFolder(window(), keeper.picturesFolder)
      if (folder === null) return null
      await keeper.keepPicturesIn(folder)
      return keeper.facts()
    },
    clearCheckpoints: async () => {
      await keeper.clearCheckpoints()
      return keeper.facts()
    },
    changePreferences: done((preferences) => {
      settings.change(definedOf(preferences))
      nativeTheme.themeSource = settings.current.appearance
    }),
    zoomInterface: done(({ zoom }) => {
      const interfaceZoom = zoomedInterface(settings.current.interfaceZoom, zoom)
      window().webContents.setZoomFactor(interfaceZoom)
      settings.change({ interfaceZoom })
    }),
    retryEngine: done(() => parts.warmUp.run()),
    reportActions: done((states) => {
      parts.menu.update(states)
    }),
    controlWindow: done(({ control }) => {
      controlWindow(window(), control, parts.menu.current)
    }),
  }
}

/**
 * The number is read before anything that takes time: what happens meanwhile may stand in the state already and is told
 * again, which changes nothing, but nothing is missed.
 */
async function windowState(parts: HandlerParts): Promise<WindowState> {
  const { samples, settings, runs, results, desk, warmUp } = parts
  const eventNumber = parts.eventNumber()
  // Once for all: before it is said which paintings can go on, checkpoints go that have had their time.
  const list = await parts.keeper.tidied(await listRuns(parts.library))
  const restored = await desk.restore()
  const shown = restored?.desk.shown ?? null
  const looked = shown === null ? null : await results.stateOf(shown).catch(() => null)
  const { results: found, absent } = await results.among(list)
  const unfinished = runs.unfinished(list.runs).filter(({ runId }) => !results.isDeleted(runId))
  const { appearance, surround, singleKeys, checkpointDays } = settings.current
  return {
    eventNumber,
    photographs: [...(restored?.photographs ?? samples.photographs)],
    paintings: [...(restored?.paintings ?? samples.paintings)],
    initialImage: restored?.initialImage ?? null,
    desk: restored?.desk ?? null,
    framed: restored?.framed ?? null,
    refusals: [...(restored?.refusals ?? [])],
    preferences: { appearance, surround, singleKeys, checkpointDays },
    keptFileProblems: [settings.problem, desk.problem].filter((problem) => problem !== null),
    engine: warmUp.status,
    machine: machineNow(parts.painter.processId),
    run: runs.state,
    queue: parts.queueView.current,
    looked,
    unfinished,
    results: [...found],
    hidden: {
      newer: list.foreign.filter(({ reason }) => reason === 'newer').length,
      unreadable: list.foreign.filter(({ reason }) => reason === 'unreadable').length,
      absent,
      problem: list.problem === null ? null : windowReport(list.problem),
    },
    maximised: parts.window().isMaximized(),
  }
}

function withPlaceLabels(diagnosis: Diagnosis): Diagnosis {
  const { node, library } = diagnosis
  return {
    ...diagnosis,
    node: { ...node, path: placeLabel(node.path) },
    library: { ...library, path: placeLabel(library.path) },
  }
}

/** The preferences that were given. */
function definedOf(preferences: Partial<{ [Key in keyof Preferences]: Preferences[Key] | undefined }>) {
  const given = Object.entries(preferences).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Partial<Preferences>
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
