/** @file Composition root of the window: makes the parts, joins them, and takes them down. */
import { app, dialog, Menu, nativeTheme, session, shell, type BrowserWindow } from 'electron'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { sentenceOf } from '../../src-shared/errors/sentences'
import { handleRequests } from '../ipc/window-channel'
import { WindowEvents } from '../ipc/window-events'
import { EngineKeeper } from '../jobs/engine-keeper'
import { engineNode } from '../jobs/engine-node'
import { JobQueue } from '../jobs/queue/job-queue'
import { libraryOf, prepareLibrary } from '../storage/library'
import { LibraryKeeper } from './library-keeper'
import { DeskFile } from './pictures/desk-file'
import { FileOpener } from './pictures/file-opener'
import { ImageStore } from './pictures/image-store'
import { sweepKeptPictures } from './pictures/kept-pictures'
import { filesAmong, OutsideFiles } from './pictures/outside-files'
import { PaintingSaver } from './pictures/painting-saver'
import { PictureShelf } from './pictures/picture-shelf'
import { sampleFiles } from './pictures/samples'
import { ScreenCopies } from './pictures/screen-copies'
import { projectFolders, projectRoot } from './project-folders'
import { leaveWhenClosed } from './quitting'
import { EngineWarmUp } from './runs/engine-warm-up'
import { PaintingRuns } from './runs/painting-runs'
import { QueueView } from './runs/queue-view'
import { Results } from './runs/results'
import { RunEffects } from './runs/run-effects'
import { RunsInUse } from './runs/runs-in-use'
import { openFromOutside, windowHandlers } from './window-handlers'
import { WindowSettingsFile } from './window-settings-file'
import { guardEverything } from './windows/guards'
import { actionMenu, type ActionStates } from './windows/menu'
import { NetworkGuard } from './windows/network-guard'
import { registerScheme, serveScheme } from './windows/protocol'
import { openWindow } from './windows/window'

const outsideFiles = new OutsideFiles()
const network = new NetworkGuard()
let window: BrowserWindow | null = null

registerScheme()
guardEverything((session) => {
  network.watch(session)
})
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

  const engineOptions = { entry: projectFolders.engine, node: await engineNode(projectRoot) }
  const painter = new EngineKeeper(engineOptions)
  // A step blocks the painter for seconds; pictures are read by an engine that is always free.
  const pictureEngine = new EngineKeeper(engineOptions)

  const images = new ImageStore()
  const copies = new ScreenCopies(library, images, pictureEngine)
  const shelf = new PictureShelf(images, pictureEngine, copies)
  const samples = sampleFiles(projectFolders.samples)
  const sampleShelf = {
    photographs: samples.photographs.map((sample) => shelf.addSample(sample)),
    paintings: samples.paintings.map((sample) => shelf.addSample(sample)),
  }
  const desk = await DeskFile.open(library, shelf)
  const opener = new FileOpener(shelf, library)
  const inUse = new RunsInUse()
  const keeper = new LibraryKeeper({ library, settings, images, shelf, inUse })
  const effects = new RunEffects()

  const events = new WindowEvents(() => window)
  const warmUp = new EngineWarmUp({
    painter,
    rememberedSecondsPerMegapixel: settings.current.secondsPerMegapixel,
    onChange: (status) => {
      settings.change({ secondsPerMegapixel: status.secondsPerMegapixel })
      events.tell('engine', status)
    },
  })
  const results = new Results({
    library,
    shelf,
    images,
    engines: pictureEngine,
    moveToBin: (path) => shell.trashItem(path),
  })
  const tellResult = async (runId: string): Promise<void> => {
    const result = await results.ended(runId)
    if (result !== null) events.tell('result', result)
  }
  const queue = await JobQueue.open(library.queue)
  const queueView = new QueueView(queue, shelf, (current) => {
    events.tell('queue', current)
  })
  const runs = new PaintingRuns({
    painter,
    queue,
    library,
    inUse,
    picturesFolder: () => keeper.picturesFolder,
    shelf,
    images,
    onEvent: (runId, event, state) => {
      effects.show(window, state)
      if (event.kind === 'task' && event.event.event === 'iteration') warmUp.notePainting()
      events.tell('run', { runId, event })
    },
    onSaved: (runId) => {
      void tellResult(runId).then(() => keeper.tidy())
    },
  })

  serveScheme(session.defaultSession, projectFolders.renderer, images)
  let lastOpened: Promise<void> = Promise.resolve()
  const menu = applicationMenu(events)
  menu.update({ enabled: [], marked: [] })
  handleRequests(
    windowHandlers({
      window: () => shown(window),
      samples: sampleShelf,
      settings,
      warmUp,
      painter,
      pictureEngine,
      library,
      keeper,
      runs,
      queue,
      queueView,
      results,
      shelf,
      desk,
      opener,
      saver: new PaintingSaver(pictureEngine),
      network,
      menu,
      eventNumber: () => events.last,
      onWindowReady: () => {
        outsideFiles.deliverTo((path) => {
          // One after the other, so that they come in the order in which they were named.
          lastOpened = lastOpened.then(() =>
            openFromOutside(opener, path, {
              opened: (opened) => {
                events.tell('opened', opened)
              },
              refused: (refusal) => {
                events.tell('refused', refusal)
              },
            }),
          )
        })
        void housekeeping()
      },
    }),
  )

  /** What can wait until the window is there; a fault in it harms nobody. */
  async function housekeeping(): Promise<void> {
    await results.completeThumbnails((result) => {
      events.tell('result', result)
    })
    await copies.sweep(new Date())
    const needed = [await desk.files(), queue.files]
    if (needed.every((files) => files !== null)) await sweepKeptPictures(library, needed.flat())
  }

  window = openWindow({
    preload: projectFolders.preload,
    settings,
    onMaximise: (maximised) => {
      events.tell('frame', { maximised })
    },
  })
  leaveWhenClosed({ engines: [painter, pictureEngine], queue, keeper, results, desk, settings })
  void warmUp.run()
  queue.serve({
    begin: (job) => runs.beginQueued(job),
    onChange: () => {
      queueView.update()
    },
  })
  queueView.update()
}

/** What fails before there is a window to say it in. */
function giveUp(thrown: unknown): void {
  const { what, todo } = sentenceOf(reportOf(thrown), 'window')
  dialog.showErrorBox('Impasto cannot start', `${what} ${todo}`)
  app.exit(1)
}

function applicationMenu(events: WindowEvents) {
  const menuWith = (states: ActionStates): Menu =>
    actionMenu(states, (action) => {
      events.tell('action', { action })
    })
  return {
    current: menuWith({ enabled: [], marked: [] }),
    update(states: ActionStates): void {
      this.current = menuWith(states)
      Menu.setApplicationMenu(this.current)
    },
  }
}

function listenToSecondInstances(): void {
  app.on('second-instance', (_event, otherArguments, workingFolder) => {
    const files = filesAmong(ownArguments(otherArguments), workingFolder)
    if (window?.isDestroyed()) {
      startAgain(otherArguments, files)
      return
    }
    outsideFiles.add(files)
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
}

/** Once this program, whose window is closed, has ended. */
function startAgain(otherArguments: readonly string[], files: readonly string[]): void {
  const flags = otherArguments.slice(1).filter((argument) => argument.startsWith('-'))
  const program = process.defaultApp ? [app.getAppPath()] : []
  app.relaunch({ args: [...flags, ...program, ...files] })
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
