/** @file Composition root of the window: makes the parts, joins them, and takes them down. */
import { app, dialog, Menu, nativeTheme, session, type BrowserWindow } from 'electron'
import type { WindowEvent, WindowEventName } from '../../src-shared/contract/window-contract'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { sentenceOf } from '../../src-shared/errors/sentences'
import { handleRequests, sendToWindow } from '../ipc/window-channel'
import { EngineKeeper } from '../jobs/engine-keeper'
import { engineNode } from '../jobs/engine-node'
import { libraryOf, prepareLibrary } from '../storage/library'
import { tidyCheckpoints } from '../storage/checkpoint-retention'
import { EngineWarmUp } from './runs/engine-warm-up'
import { FileOpener } from './pictures/file-opener'
import { guardAllContents, guardSession } from './windows/guards'
import { ImageStore } from './pictures/image-store'
import { sweepKeptPictures } from './pictures/kept-pictures'
import { actionMenu } from './windows/menu'
import { NetworkGuard } from './windows/network-guard'
import { filesAmong, OutsideFiles } from './pictures/outside-files'
import { PaintingRuns } from './runs/painting-runs'
import { PictureShelf } from './pictures/picture-shelf'
import { projectFolders, projectRoot } from './project-folders'
import { registerScheme, serveScheme } from './windows/protocol'
import { leaveWhenClosed } from './quitting'
import { RunEffects } from './runs/run-effects'
import { sampleFiles } from './pictures/samples'
import { PaintingSaver } from './pictures/painting-saver'
import { openFromOutside, windowHandlers } from './window-handlers'
import { WindowSettingsFile } from './window-settings-file'
import { openWindow } from './windows/window'

const outsideFiles = new OutsideFiles()
let window: BrowserWindow | null = null

registerScheme()
guardAllContents()
if (app.requestSingleInstanceLock()) {
  listenToSecondInstances()
  outsideFiles.add(filesAmong(ownArguments(process.argv), process.cwd()))
  app.whenReady().then(start).catch(giveUp)
} else {
  app.quit()
}

async function start(): Promise<void> {
  const library = libraryOf(process.env)
  await prepareLibrary(library)
  const settings = await WindowSettingsFile.open(library.settings)
  nativeTheme.themeSource = settings.current.appearance

  const engineOptions = { entry: projectFolders.engine, node: engineNode(projectRoot) }
  const painter = new EngineKeeper(engineOptions)
  // A step blocks the painter for seconds; pictures are read by an engine that is always free.
  const pictureEngine = new EngineKeeper(engineOptions)

  const images = new ImageStore()
  const shelf = new PictureShelf(images, pictureEngine)
  const opener = new FileOpener(shelf, library)
  const network = new NetworkGuard()
  const effects = new RunEffects()

  const tell = <Name extends WindowEventName>(name: Name, event: WindowEvent<Name>): void => {
    if (window !== null && !window.isDestroyed()) sendToWindow(window.webContents, name, event)
  }
  const warmUp = new EngineWarmUp({
    painter,
    rememberedSecondsPerMegapixel: settings.current.secondsPerMegapixel,
    onChange: (status) => {
      settings.change({ secondsPerMegapixel: status.secondsPerMegapixel })
      tell('engine', status)
    },
  })
  const runs = new PaintingRuns({
    painter,
    library,
    shelf,
    images,
    onEvent: (event, state) => {
      effects.show(window, state)
      tell('run', event)
    },
  })

  guardSession(session.defaultSession)
  network.watch(session.defaultSession)
  serveScheme(session.defaultSession, projectFolders.renderer, images)

  const samples = sampleFiles(projectFolders.samples)
  handleRequests(
    windowHandlers({
      window: () => shown(window),
      samples: {
        photographs: samples.photographs.map((sample) => shelf.addSample(sample)),
        paintings: samples.paintings.map((sample) => shelf.addSample(sample)),
      },
      settings,
      warmUp,
      painter,
      pictureEngine,
      library,
      runs,
      shelf,
      opener,
      saver: new PaintingSaver(pictureEngine),
      network,
      menu: applicationMenu(tell),
      onWindowReady: () => {
        outsideFiles.deliverTo((path) => {
          void openFromOutside(opener, path, {
            opened: (opened) => {
              tell('opened', opened)
            },
            refused: (refusal) => {
              tell('refused', refusal)
            },
          })
        })
      },
    }),
  )

  window = openWindow({
    preload: projectFolders.preload,
    settings,
    onMaximise: (maximised) => {
      tell('frame', { maximised })
    },
  })
  leaveWhenClosed({ engines: [painter, pictureEngine], shelf, settings })
  void warmUp.run()
  await tidyCheckpoints(library, { days: 7, now: new Date() })
  await sweepKeptPictures(library)
}

/** What fails before there is a window to say it in. */
function giveUp(thrown: unknown): void {
  const { what, todo } = sentenceOf(reportOf(thrown), 'window')
  dialog.showErrorBox('Impasto cannot start', `${what} ${todo}`)
  app.exit(1)
}

function applicationMenu(tell: <Name extends WindowEventName>(name: Name, event: WindowEvent<Name>) => void) {
  const menuWith = (states: Parameters<typeof actionMenu>[0]): Menu =>
    actionMenu(states, (action) => {
      tell('action', { action })
    })
  return {
    current: menuWith({ enabled: [], marked: [] }),
    update(states: Parameters<typeof actionMenu>[0]): void {
      this.current = menuWith(states)
      Menu.setApplicationMenu(this.current)
    },
  }
}

function listenToSecondInstances(): void {
  app.on('second-instance', (_event, otherArguments, workingFolder) => {
    outsideFiles.add(filesAmong(ownArguments(otherArguments), workingFolder))
    if (window === null || window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}

/** A program's arguments without Electron's own path and, in development, the folder of the app. */
function ownArguments(programArguments: readonly string[]): readonly string[] {
  const files = programArguments.slice(1).filter((argument) => !argument.startsWith('-'))
  return process.defaultApp ? files.slice(1) : files
}

function shown(candidate: BrowserWindow | null): BrowserWindow {
  if (candidate === null) throw new Error('A request came before there was a window.')
  return candidate
}
