import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { wholePicture } from '../../../src-shared/model/framing'
import type { RunEvent, RunState } from '../../../src-shared/model/run-state'
import { canWish, isUnderWay } from '../../../src-shared/model/run-status'
import { defaultStyleRecipe, type StyleRecipe } from '../../../src-shared/model/style-recipe'
import { SAMPLES } from '../../engine/image/testing/pictures'
import { EngineKeeper } from '../../jobs/engine-keeper'
import { JobQueue } from '../../jobs/queue/job-queue'
import { seeds } from '../../jobs/testing/quick-painter-seeds'
import { libraryAt, prepareLibrary, type Library } from '../../storage/library'
import { lockRun } from '../../storage/run-lock'
import { listRuns } from '../../storage/run-list'
import { checkpointPath, readRun, recordProgress, runFolder } from '../../storage/runs'
import { readSidecar } from '../../storage/sidecar'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { LibraryKeeper } from '../library-keeper'
import { ImageStore } from '../pictures/image-store'
import { PictureShelf } from '../pictures/picture-shelf'
import { ScreenCopies } from '../pictures/screen-copies'
import { WindowSettingsFile } from '../window-settings-file'
import { PaintingRuns } from './painting-runs'
import { RunsInUse } from './runs-in-use'

/** More iterations than a test waits for. */
const ENDLESS = 5000

let painter: EngineKeeper
let library: Library
let images: ImageStore
let shelf: PictureShelf
let queue: JobQueue
let runs: PaintingRuns
let told: { runId: string; event: RunEvent }[]
let saved: string[]
let photograph: string
let picturesFolder: string
let inUse: RunsInUse

const entry = new URL('../../jobs/testing/quick-painter.mjs', import.meta.url).pathname

beforeAll(() => {
  painter = new EngineKeeper({ entry, node: process.execPath })
})

afterAll(() => painter.kill())

beforeEach(async () => {
  library = libraryAt(await temporaryFolder())
  await prepareLibrary(library)
  picturesFolder = library.pictures
  photograph = join(library.folder, 'photograph.png')
  await copyFile(join(SAMPLES, 'photographs', 'chelsea.png'), photograph)
  await openWindow()
})

// What is still painted would otherwise hold the engine that the next test asks.
afterEach(async () => {
  queue.remove(queue.state.entries.map(({ job }) => job.runId))
  await end()
  await queue.close()
})

/** A window at its start: of earlier ones it knows only what the library holds. */
async function openWindow(): Promise<void> {
  queue = await JobQueue.open(library.queue)
  images = new ImageStore()
  shelf = new PictureShelf(images, painter, new ScreenCopies(library, images, painter))
  told = []
  saved = []
  inUse = new RunsInUse()
  runs = new PaintingRuns({
    painter,
    queue,
    library,
    inUse,
    picturesFolder: () => picturesFolder,
    shelf,
    images,
    onEvent: (runId, event) => told.push({ runId, event }),
    onSaved: (runId) => saved.push(runId),
  })
  const worker = runs
  queue.serve({ begin: (job) => worker.beginQueued(job), onChange: () => undefined })
}

/** Another window, after the one before has ended. */
async function openNextWindow(): Promise<void> {
  await queue.close()
  await openWindow()
}

async function end(): Promise<void> {
  const { state } = runs
  if (state === null || !isUnderWay(state.status)) return
  runs.control(state.start.runId, 'stop')
  await expect.poll(() => runs.state?.status).toMatch(/^(stopped|finished|failed)$/)
}

/** Asks for a painting of the photograph after itself; returns the id of the run that it began. */
async function paint(recipe: Partial<StyleRecipe>, { instead = false } = {}): Promise<string> {
  const { id } = await shelf.pictureOf(photograph)
  await runs.paint({
    photograph: id,
    framing: wholePicture,
    painting: id,
    initialImage: null,
    recipe: { ...defaultStyleRecipe, size: 64, coarseToFine: false, ...recipe },
    instead,
  })
  return currentId()
}

/** Asks for a painting that waits for its turn; returns the id of its run. */
async function queuePainting(recipe: Partial<StyleRecipe>, path = photograph): Promise<string> {
  const { id } = await shelf.pictureOf(path)
  const before = queue.state.entries.map(({ job }) => job.runId)
  await runs.queue({
    photograph: id,
    framing: wholePicture,
    painting: id,
    initialImage: null,
    recipe: { ...defaultStyleRecipe, size: 64, coarseToFine: false, ...recipe },
  })
  return queue.state.entries.find(({ job }) => !before.includes(job.runId))?.job.runId ?? ''
}

const queued = (): readonly string[] => queue.state.entries.map(({ job, state }) => `${job.runId} ${state}`)

const currentId = (): string => runs.state?.start.runId ?? ''
const status = (): RunState['status'] | undefined => runs.state?.status
const pictureOf = (runId: string): string => join(library.pictures, `${runId}.png`)
const iterations = (runId: string): readonly number[] =>
  told.flatMap((one) =>
    one.runId === runId && one.event.kind === 'task' && one.event.event.event === 'iteration'
      ? [one.event.event.iteration]
      : [],
  )

const untilItPaints = () => expect.poll(() => runs.state?.iteration ?? 0).toBeGreaterThan(0)

/** A run that was stopped after it had painted a little. */
async function stoppedRun(): Promise<string> {
  const runId = await paint({ iterations: ENDLESS })
  await untilItPaints()
  runs.control(runId, 'stop')
  await expect.poll(status).toBe('stopped')
  return runId
}

const unfinished = async () => runs.unfinished((await listRuns(library)).runs)

describe('a painting', () => {
  it('goes from its beginning to the saved picture, and is told in order under its id', async () => {
    const runId = await paint({ iterations: 3 })
    await expect.poll(status).toBe('finished')
    expect(new Set(told.map((one) => one.runId))).toEqual(new Set([runId]))
    const kinds = told.map(({ event }) => (event.kind === 'task' ? event.event.event : event.kind))
    expect(kinds).toEqual([
      'started',
      'phase',
      'phase',
      ...['iteration', 'checkpoint'],
      ...['iteration', 'checkpoint'],
      ...['iteration', 'checkpoint'],
      'phase',
      'done',
    ])
    expect(iterations(runId)).toEqual([1, 2, 3])
    expect(saved).toEqual([runId])
    expect(await readSidecar(pictureOf(runId))).toMatchObject({ runId, iteration: 3 })
  })

  it('asked for twice at once is begun once', async () => {
    await Promise.all([paint({ iterations: ENDLESS }), paint({ iterations: ENDLESS })])
    await untilItPaints()
    expect(told.filter(({ event }) => event.kind === 'started')).toHaveLength(1)
    expect((await listRuns(library)).runs).toHaveLength(1)
  })

  it('is not begun while another is under way', async () => {
    const first = await paint({ iterations: ENDLESS })
    expect(await paint({ iterations: 3 })).toBe(first)
  })

  it('that cannot be begun leaves the way free for the next', async () => {
    const request = { photograph: 'unknown', framing: wholePicture, painting: 'unknown', initialImage: null }
    const refused = runs.paint({ ...request, recipe: defaultStyleRecipe, instead: false })
    await expect(refused).rejects.toMatchObject({ code: 'unexpected' })
    expect(runs.state).toBeNull()
    await paint({ iterations: 2 })
    await expect.poll(status).toBe('finished')
  })

  it('that fails says why, and keeps what is safe', async () => {
    const runId = await paint({ iterations: ENDLESS, seed: seeds.failsAtTheThird })
    await expect.poll(status).toBe('failed')
    expect(runs.state).toMatchObject({
      error: { code: 'optimisation-diverged', data: { iteration: 2 } },
      savedIteration: 2,
    })
    expect(saved).toEqual([])
    expect(existsSync(pictureOf(runId))).toBe(false)
  })
})

describe('a control', () => {
  it('pauses, goes on and stops, and each is told', async () => {
    const runId = await paint({ iterations: ENDLESS })
    await untilItPaints()
    runs.control(runId, 'pause')
    expect(status()).toBe('pausing')
    await expect.poll(status).toBe('paused')
    runs.control(runId, 'resume')
    await expect.poll(status).toBe('painting')
    runs.control(runId, 'stop')
    await expect.poll(status).toBe('stopped')
    expect(told.flatMap(({ event }) => (event.kind === 'asked' ? [event.control] : []))).toEqual([
      'pause',
      'resume',
      'stop',
    ])
    expect(existsSync(pictureOf(runId))).toBe(true)
  })

  it('of another painting is let fall', async () => {
    await paint({ iterations: ENDLESS })
    await untilItPaints()
    const before = told.length
    for (const control of ['pause', 'stop', 'stop-now'] as const) runs.control('another', control)
    expect(told.slice(before).filter(({ event }) => event.kind === 'asked')).toEqual([])
    expect(status()).toBe('painting')
  })

  it('that comes late is let fall', async () => {
    const runId = await paint({ iterations: 1 })
    await expect.poll(status).toBe('finished')
    const before = told.length
    for (const control of ['pause', 'resume', 'stop', 'stop-now'] as const) runs.control(runId, control)
    expect(told).toHaveLength(before)
    expect(status()).toBe('finished')
  })

  it('to stop now ends a painting that does not come to its end, back to its checkpoint', async () => {
    const runId = await paint({ iterations: ENDLESS })
    await expect.poll(() => runs.state?.savedIteration ?? 0).toBeGreaterThan(0)
    // The engine stands still, as in the middle of a long step.
    process.kill(painter.processId ?? 0, 'SIGSTOP')
    runs.control(runId, 'stop')
    runs.control(runId, 'stop-now')
    await expect.poll(status).toBe('failed')
    expect(runs.state?.error?.code).toBe('run-killed')
    expect(runs.state?.savedIteration).toBeGreaterThan(0)
  })
})

describe('a painting whose saving hangs', () => {
  it('is stopped now, keeps its checkpoint, and is offered to go on', async () => {
    const runId = await paint({ iterations: 3, seed: seeds.savesForEver })
    await expect.poll(status).toBe('saving')
    runs.control(runId, 'stop-now')
    await expect.poll(status).toBe('failed')
    expect(runs.state).toMatchObject({ error: { code: 'run-killed' }, savedIteration: 3 })
    expect(canWish(runs.state, 'continue')).toBe(true)
    await openNextWindow()
    expect(await unfinished()).toMatchObject([{ runId, iteration: 3 }])
  })

  it('gives way to another once it is stopped now', async () => {
    const first = await paint({ iterations: 3, seed: seeds.savesForEver })
    await expect.poll(status).toBe('saving')
    const second = paint({ iterations: 2 }, { instead: true })
    runs.control(first, 'stop-now')
    expect(await second).not.toBe(first)
    await expect.poll(status).toBe('finished')
  })
})

describe('a painting that failed before anything of it was saved', () => {
  it('is begun anew, and leaves nothing behind', async () => {
    const failed = await paint({ iterations: 3, seed: seeds.waitsAtTheFirst })
    await expect.poll(status).toBe('painting')
    runs.control(failed, 'stop')
    runs.control(failed, 'stop-now')
    await expect.poll(status).toBe('failed')
    await runs.continue({ runId: failed, additionalIterations: 0, anew: true, finish: false })
    expect(currentId()).not.toBe(failed)
    expect(existsSync(runFolder(library, failed))).toBe(false)
    await expect.poll(() => existsSync(runFolder(library, currentId()))).toBe(true)
  })
})

describe('a painting that was deleted', () => {
  it('is not shown by a window that is loaded anew', async () => {
    const runId = await stoppedRun()
    runs.forget('another')
    expect(currentId()).toBe(runId)
    runs.forget(runId)
    expect(runs.state).toBeNull()
  })

  it('is let go of only once it has ended', async () => {
    const runId = await paint({ iterations: ENDLESS })
    runs.forget(runId)
    expect(currentId()).toBe(runId)
  })
})

describe('a painting that is queued', () => {
  it('begins at once where nothing is under way', async () => {
    const runId = await queuePainting({ iterations: 2 })
    await expect.poll(status).toBe('finished')
    expect(currentId()).toBe(runId)
    expect(queued()).toEqual([])
  })

  it('waits for its turn, and is saved where new paintings go then', async () => {
    const first = await paint({ iterations: ENDLESS })
    await untilItPaints()
    const second = await queuePainting({ iterations: 3 })
    const third = await queuePainting({ iterations: 4 })
    expect(queued()).toEqual([`${first} running`, `${second} waiting`, `${third} waiting`])
    picturesFolder = join(library.folder, 'elsewhere')
    await mkdir(picturesFolder)
    runs.control(first, 'stop')
    await expect.poll(() => saved).toEqual([first, second, third])
    expect(existsSync(pictureOf(first))).toBe(true)
    expect(await readSidecar(join(picturesFolder, `${second}.png`))).toMatchObject({ iteration: 3 })
    expect(await readSidecar(join(picturesFolder, `${third}.png`))).toMatchObject({ iteration: 4 })
    expect(queued()).toEqual([])
  })

  it('lets one go before that is begun instead of the one under way', async () => {
    const first = await paint({ iterations: ENDLESS })
    await untilItPaints()
    const second = await queuePainting({ iterations: 2 })
    const urgent = await paint({ iterations: 3 }, { instead: true })
    await expect.poll(() => saved).toEqual([first, urgent, second])
  })

  it('begins when the one before it fails, which is set aside with its reason', async () => {
    const first = await paint({ iterations: ENDLESS, seed: seeds.failsAtTheThird })
    const second = await queuePainting({ iterations: 2 })
    await expect.poll(() => saved).toEqual([second])
    expect(queued()).toEqual([`${first} failed`])
    expect(queue.state.entries[0]?.error?.code).toBe('optimisation-diverged')
  })

  it('is set aside where its photograph is gone when its turn comes, and the next begins', async () => {
    const first = await paint({ iterations: ENDLESS })
    const own = join(library.folder, 'own.png')
    await copyFile(photograph, own)
    const second = await queuePainting({ iterations: 2 }, own)
    const third = await queuePainting({ iterations: 2 })
    rmSync(own)
    runs.control(first, 'stop')
    await expect.poll(() => saved).toEqual([first, third])
    expect(queued()).toEqual([`${second} failed`])
    expect(queue.state.entries[0]?.error?.code).toBe('file-missing')
  })

  it('that failed before anything was saved leaves the queue where it is begun anew by hand', async () => {
    const failed = await queuePainting({ iterations: 3, seed: seeds.waitsAtTheFirst })
    await expect.poll(status).toBe('painting')
    runs.control(failed, 'stop')
    runs.control(failed, 'stop-now')
    await expect.poll(queued).toEqual([`${failed} failed`])
    await runs.continue({ runId: failed, additionalIterations: 0, anew: true, finish: false })
    expect(queued()).toEqual([`${currentId()} running`])
  })

  it('is gone on with by hand after it failed', async () => {
    const failed = await queuePainting({ iterations: ENDLESS, seed: seeds.failsAtTheThird })
    await expect.poll(queued).toEqual([`${failed} failed`])
    await runs.continue({ runId: failed, additionalIterations: 0, anew: false, finish: true })
    await expect.poll(() => saved).toEqual([failed])
    expect(queued()).toEqual([])
  })

  it('that cannot be painted at all is refused at once', async () => {
    const request = { photograph: 'unknown', framing: wholePicture, painting: 'unknown', initialImage: null }
    await expect(runs.queue({ ...request, recipe: defaultStyleRecipe })).rejects.toMatchObject({
      code: 'unexpected',
    })
    expect(queued()).toEqual([])
  })
})

describe('a queue whose window and engine were killed', () => {
  it('is worked off by the next window: what ran goes on from its checkpoint, then the others', async () => {
    const first = await queuePainting({ iterations: 60 })
    await untilItPaints()
    const second = await queuePainting({ iterations: 2 })
    const third = await queuePainting({ iterations: 3 })
    await queue.close()
    await painter.kill()
    await expect.poll(status).toBe('failed')
    const reached = Number(readFileSync(checkpointPath(runFolder(library, first)), 'utf8'))
    await openWindow()
    await expect.poll(() => saved).toEqual([first, second, third])
    expect(iterations(first)[0]).toBe(reached + 1)
    expect(iterations(first).at(-1)).toBe(60)
  })

  it('goes on only when an engine that is left has gone', async () => {
    const first = await queuePainting({ iterations: 10 })
    await untilItPaints()
    await queue.close()
    await painter.kill()
    await expect.poll(status).toBe('failed')
    const lock = await lockRun(runFolder(library, first))
    await openWindow()
    await setTimeout(500)
    expect(runs.state).toBeNull()
    await lock.release()
    await expect.poll(() => saved).toEqual([first])
  })

  it('does not paint again what came to its end with the window before', async () => {
    const first = await queuePainting({ iterations: 3 })
    const second = await queuePainting({ iterations: 2 })
    await queue.close()
    await expect.poll(status).toBe('finished')
    await openWindow()
    await expect.poll(() => saved).toEqual([second])
    expect(told.every(({ runId }) => runId !== first)).toBe(true)
  })

  it('waits for a person where the painting was paused', async () => {
    const first = await queuePainting({ iterations: ENDLESS })
    await untilItPaints()
    runs.control(first, 'pause')
    await expect.poll(status).toBe('paused')
    await queue.close()
    await painter.kill()
    await expect.poll(status).toBe('failed')
    await openWindow()
    expect(queued()).toEqual([`${first} waiting`])
    expect(runs.state).toBeNull()
    queue.resume()
    await untilItPaints()
    expect(currentId()).toBe(first)
  })
})

describe('another painting instead of the one under way', () => {
  it('saves what there is of that', async () => {
    const first = await paint({ iterations: ENDLESS })
    await untilItPaints()
    const second = await paint({ iterations: 2 }, { instead: true })
    expect(second).not.toBe(first)
    await expect.poll(status).toBe('finished')
    expect(saved).toEqual([first, second])
    expect(existsSync(pictureOf(first))).toBe(true)
    expect(await readRun(runFolder(library, first))).toMatchObject({ state: 'stopped' })
    const places = told.map(({ runId }) => runId)
    expect(places.lastIndexOf(first)).toBeLessThan(places.indexOf(second))
  })

  it('deletes that where it is blank', async () => {
    const first = await paint({ iterations: ENDLESS, seed: seeds.waitsAtTheFirst })
    await expect.poll(status).toBe('painting')
    const second = await paint({ iterations: 2 }, { instead: true })
    await expect.poll(status).toBe('finished')
    expect(saved).toEqual([second])
    expect(existsSync(pictureOf(first))).toBe(false)
    expect(existsSync(runFolder(library, first))).toBe(false)
  })

  it('that cannot be begun leaves that under way', async () => {
    const first = await paint({ iterations: ENDLESS })
    await untilItPaints()
    const request = { photograph: 'unknown', framing: wholePicture, painting: 'unknown', initialImage: null }
    const refused = runs.paint({ ...request, recipe: defaultStyleRecipe, instead: true })
    await expect(refused).rejects.toMatchObject({ code: 'unexpected' })
    expect(currentId()).toBe(first)
    expect(status()).toBe('painting')
  })
})

describe('a painting made from one of the own, which moves to another folder with all of them', () => {
  /** A run that was stopped, and was made from nothing but a painting before it. */
  async function stoppedRunFromPainting(): Promise<{ readonly own: string; readonly runId: string }> {
    const own = await paint({ iterations: 1 })
    await expect.poll(status).toBe('finished')
    const { id } = await shelf.pictureOf(pictureOf(own))
    await runs.paint({
      ...{ photograph: id, framing: wholePicture, painting: id, initialImage: id, instead: false },
      recipe: { ...defaultStyleRecipe, size: 64, coarseToFine: false, init: 'image', iterations: ENDLESS },
    })
    await untilItPaints()
    const runId = currentId()
    runs.control(runId, 'stop')
    await expect.poll(status).toBe('stopped')
    return { own, runId }
  }

  async function movePaintings(): Promise<void> {
    picturesFolder = await temporaryFolder()
    const settings = await WindowSettingsFile.open(library.settings)
    await new LibraryKeeper({ library, settings, images, shelf, inUse }).keepPicturesIn(picturesFolder)
    await settings.written()
  }

  it.each(['the same', 'the next'])('goes on in %s window', async (which) => {
    const { own, runId } = await stoppedRunFromPainting()
    await movePaintings()
    expect(existsSync(pictureOf(own))).toBe(false)
    if (which === 'the next') await openNextWindow()
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: true })
    await expect.poll(status).toBe('stopped')
    expect((await readRun(runFolder(library, runId)))?.job).toMatchObject({
      photograph: { path: join(picturesFolder, `${own}.png`) },
      painting: { path: join(picturesFolder, `${own}.png`) },
      initialImage: join(picturesFolder, `${own}.png`),
    })
  })

  it('is followed by others from the same picture on the shelf', async () => {
    const { own } = await stoppedRunFromPainting()
    const { id } = await shelf.pictureOf(pictureOf(own))
    await movePaintings()
    const request = { photograph: id, framing: wholePicture, painting: id, initialImage: null }
    const recipe = { ...defaultStyleRecipe, size: 64, coarseToFine: false, iterations: 1 }
    await runs.paint({ ...request, recipe, instead: false })
    await expect.poll(status).toBe('finished')
    expect((await shelf.pictureOf(join(picturesFolder, `${own}.png`))).id).toBe(id)
  })
})

describe('a painting that is continued', () => {
  it('goes on from its checkpoint, which is told from the start', async () => {
    const runId = await stoppedRun()
    const { savedIteration } = runs.state ?? { savedIteration: 0 }
    told = []
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: false })
    expect(told[0]?.event).toMatchObject({ kind: 'started', start: { runId, resumedFrom: savedIteration } })
    await expect.poll(() => iterations(runId)).not.toHaveLength(0)
    expect(iterations(runId)[0]).toBe(savedIteration + 1)
  })

  it('gets more iterations after its end', async () => {
    const runId = await paint({ iterations: 2 })
    await expect.poll(status).toBe('finished')
    for (const total of [5, 8]) {
      await runs.continue({ runId, additionalIterations: 3, anew: false, finish: false })
      await expect.poll(status).toBe('finished')
      expect(runs.state).toMatchObject({ iteration: total, total })
    }
    expect(saved).toEqual([runId, runId, runId])
  })

  it('is refused while its picture is moved, and not moved from before it is begun until it has ended', async () => {
    const runId = await stoppedRun()
    const request = { runId, additionalIterations: 0, anew: false, finish: false }
    const letGo = inUse.take(runId, 'move')
    await expect(runs.continue(request)).rejects.toMatchObject({ code: 'run-in-use', data: { use: 'move' } })
    expect(status()).toBe('stopped')
    letGo()
    const continued = runs.continue(request)
    const move = () => inUse.take(runId, 'move')
    expect(move).toThrow(expect.objectContaining({ data: { use: 'painting' } }))
    await continued
    expect(move).toThrow(expect.objectContaining({ data: { use: 'painting' } }))
    await end()
    move()
  })

  it('that cannot go on can be moved', async () => {
    const runId = await stoppedRun()
    rmSync(checkpointPath(runFolder(library, runId)))
    await expect(
      runs.continue({ runId, additionalIterations: 0, anew: false, finish: false }),
    ).rejects.toMatchObject({ code: 'nothing-to-resume' })
    inUse.take(runId, 'move')
  })

  it('leaves a picture that was retouched meanwhile as it is, and can go on once that has another name', async () => {
    const runId = await stoppedRun()
    const request = { runId, additionalIterations: 0, anew: false, finish: true }
    writeFileSync(pictureOf(runId), 'retouched')
    await runs.continue(request)
    await expect.poll(status).toMatch(/failed|stopped/)
    expect(runs.state?.error).toMatchObject({ code: 'picture-changed', data: { path: `${runId}.png` } })
    expect(readFileSync(pictureOf(runId), 'utf8')).toBe('retouched')
    expect(canWish(runs.state, 'continue')).toBe(true)
    await rename(pictureOf(runId), join(library.pictures, 'retouched.png'))
    await runs.continue(request)
    await expect.poll(status).toBe('stopped')
    expect(readFileSync(join(library.pictures, 'retouched.png'), 'utf8')).toBe('retouched')
    expect(existsSync(pictureOf(runId))).toBe(true)
  })

  it('is only saved where it shall be finished as it is', async () => {
    const runId = await stoppedRun()
    const before = runs.state?.savedIteration
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: true })
    await expect.poll(status).toBe('stopped')
    expect(runs.state?.iteration).toBe(before)
  })

  it('stays as safe as it was where it is refused', async () => {
    const runId = await stoppedRun()
    const { savedIteration } = runs.state ?? { savedIteration: 0 }
    const lock = await lockRun(runFolder(library, runId))
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: false })
    await expect.poll(status).toBe('failed')
    await lock.release()
    expect(runs.state).toMatchObject({ error: { code: 'run-busy' }, savedIteration })
    expect(canWish(runs.state, 'continue')).toBe(true)
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: true })
    await expect.poll(status).toBe('stopped')
  })

  it('never begins from nothing over a picture: it is refused where its checkpoint is gone', async () => {
    const runId = await stoppedRun()
    const before = readFileSync(pictureOf(runId))
    rmSync(checkpointPath(runFolder(library, runId)))
    for (const anew of [false, true]) {
      const request = { runId, additionalIterations: 0, anew, finish: false }
      await expect(runs.continue(request)).rejects.toMatchObject({ code: 'nothing-to-resume' })
    }
    expect(readFileSync(pictureOf(runId))).toEqual(before)
  })

  it('is cut off and discarded: the picture that it went on from stays, and its run', async () => {
    const runId = await stoppedRun()
    told = []
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: false })
    await expect.poll(() => iterations(runId).length).toBeGreaterThan(1)
    await painter.kill()
    await expect.poll(status).toBe('failed')
    await openNextWindow()
    await runs.discard(runId)
    expect(await unfinished()).toEqual([])
    expect(existsSync(pictureOf(runId))).toBe(true)
    expect(existsSync(runFolder(library, runId))).toBe(true)
  })

  it('without a picture yet is saved where new paintings go now: its folder may be gone for good', async () => {
    picturesFolder = join(library.folder, 'usb')
    await mkdir(picturesFolder)
    const runId = await paint({ iterations: ENDLESS })
    await untilItPaints()
    rmSync(picturesFolder, { recursive: true })
    runs.control(runId, 'stop')
    await expect.poll(status).toBe('failed')
    expect(runs.state?.error).toEqual({ code: 'output-folder-missing', data: { path: picturesFolder } })

    picturesFolder = library.pictures
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: true })
    expect((await readRun(runFolder(library, runId)))?.job.output.path).toBe(pictureOf(runId))
    await expect.poll(status).toBe('stopped')
    expect(existsSync(pictureOf(runId))).toBe(true)
  })

  it('keeps the place of the picture that it has', async () => {
    const runId = await stoppedRun()
    picturesFolder = join(library.folder, 'elsewhere')
    await mkdir(picturesFolder)
    await runs.continue({ runId, additionalIterations: 0, anew: false, finish: true })
    await expect.poll(status).toBe('stopped')
    expect((await readRun(runFolder(library, runId)))?.job.output.path).toBe(pictureOf(runId))
    expect(existsSync(join(picturesFolder, `${runId}.png`))).toBe(false)
  })

  it('is cut off and discarded while the disk of its picture is away: the picture comes back with its run', async () => {
    picturesFolder = join(library.folder, 'usb')
    await mkdir(picturesFolder)
    const runId = await stoppedRun()
    await recordProgress(runFolder(library, runId), { state: 'running', iteration: 3, total: ENDLESS })
    await openNextWindow()
    const away = `${picturesFolder} is away`
    await rename(picturesFolder, away)
    await runs.discard(runId)
    expect(await unfinished()).toEqual([])
    await rename(away, picturesFolder)
    const record = await readRun(runFolder(library, runId))
    expect(record?.hasCheckpoint).toBe(false)
    expect(existsSync(record?.job.output.path ?? '')).toBe(true)
  })

  it('is refused where nothing is known of it, and leaves the way free', async () => {
    const request = { runId: 'unknown', additionalIterations: 0, anew: false, finish: false }
    await expect(runs.continue(request)).rejects.toMatchObject({ code: 'nothing-to-resume' })
    await paint({ iterations: 1 })
    await expect.poll(status).toBe('finished')
  })

  it('is offered to the next window after its engine and window were killed, until it is discarded', async () => {
    const runId = await paint({ iterations: ENDLESS })
    await untilItPaints()
    await painter.kill()
    await expect.poll(status).toBe('failed')
    expect(await unfinished()).toEqual([])
    await openNextWindow()
    const [offered, ...others] = await unfinished()
    expect(others).toEqual([])
    expect(offered).toMatchObject({ runId, photograph: 'photograph.png', total: ENDLESS })
    expect(offered?.iteration).toBeGreaterThan(0)
    await runs.discard(runId)
    expect(await unfinished()).toEqual([])
    expect(existsSync(runFolder(library, runId))).toBe(false)
  })
})
