import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { SAMPLES } from '../../engine/image/testing/pictures'
import { EngineKeeper } from '../../jobs/engine-keeper'
import { libraryAt, prepareLibrary, type Library } from '../../storage/library'
import { lockRun } from '../../storage/run-lock'
import { checkpointPath, recordJob, recordOutput, recordProgress, runFolder } from '../../storage/runs'
import { sidecarPath } from '../../storage/sidecar'
import { exampleJob, exampleSidecar, writeSidecar } from '../../storage/testing/examples'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { ImageStore } from '../pictures/image-store'
import { PictureShelf } from '../pictures/picture-shelf'
import { ScreenCopies } from '../pictures/screen-copies'
import { Results } from './results'

let engines: EngineKeeper
let library: Library
let images: ImageStore
let shelf: PictureShelf
let results: Results
let bin: string
let photograph: string

beforeAll(() => {
  const entry = new URL('../../jobs/testing/quick-painter.mjs', import.meta.url).pathname
  engines = new EngineKeeper({ entry, node: process.execPath })
})

afterAll(() => engines.kill())

beforeEach(async () => {
  library = libraryAt(await temporaryFolder())
  await prepareLibrary(library)
  bin = join(library.folder, 'bin')
  await mkdir(bin)
  photograph = join(library.folder, 'photograph.png')
  await copyFile(join(SAMPLES, 'photographs', 'chelsea.png'), photograph)
  images = new ImageStore()
  shelf = new PictureShelf(images, engines, new ScreenCopies(library, images, engines))
  results = resultsWith((path) => rename(path, join(bin, basename(path))))
})

const resultsWith = (moveToBin: (path: string) => Promise<void>): Results =>
  new Results({ library, shelf, images, engines, moveToBin })

const pictureOf = (runId: string): string => join(library.pictures, `${runId}.png`)

/** A run whose progress was written in the `minute`-th minute after another. */
async function makeRun(runId: string, minute = 0, changes: Partial<StylizeJob> = {}): Promise<string> {
  const folder = runFolder(library, runId)
  const job: StylizeJob = {
    ...exampleJob(runId, folder),
    photograph: {
      path: photograph,
      framing: { ...exampleJob(runId, folder).photograph.framing, quarterTurns: 1 },
    },
    painting: { path: photograph },
    recipe: { ...defaultStyleRecipe, size: 64 },
    output: { path: pictureOf(runId), overwrite: 'same-run' },
    maker: 'window',
    ...changes,
  }
  await recordJob(job)
  await recordProgress(folder, { state: 'stopped', iteration: 40, total: 120 })
  const written = new Date(Date.UTC(2026, 0, 1, 0, minute))
  await utimes(join(folder, 'progress.json'), written, written)
  return folder
}

/** A run with its picture and sidecar. */
async function makeResult(runId: string, minute = 0, changes: Partial<StylizeJob> = {}): Promise<string> {
  const folder = await makeRun(runId, minute, changes)
  await copyFile(photograph, pictureOf(runId))
  await writeSidecar(pictureOf(runId), { ...exampleSidecar, runId })
  return folder
}

const listed = async (): Promise<readonly string[]> =>
  (await results.list()).results.map(({ runId }) => runId)

describe('the list', () => {
  it("has the window's paintings that have a picture, the latest first", async () => {
    await makeResult('second', 2)
    await makeResult('third', 3)
    await makeResult('first', 1)
    await makeResult('of-the-terminal', 4, { maker: 'terminal' })
    await makeRun('without-picture', 5)
    expect(await listed()).toEqual(['third', 'second', 'first'])
  })

  it('tells what each was made from', async () => {
    await makeResult('run')
    const [result] = (await results.list()).results
    expect(result).toMatchObject({
      photograph: 'photograph.png',
      painting: 'photograph.png',
      iteration: 40,
      total: 120,
      thumbnail: null,
    })
  })

  it('has a painting that was moved while its thumbnail was made', async () => {
    const folder = await makeResult('run')
    const elsewhere = join(library.folder, 'elsewhere.png')
    const ended = results.ended('run')
    // The thumbnail takes an engine, and so longer than two steps of the file system.
    await copyFile(photograph, elsewhere)
    await recordOutput(folder, elsewhere)
    await rm(pictureOf('run'))
    expect((await ended)?.runId).toBe('run')
    expect(await listed()).toEqual(['run'])
  })

  it('gets the thumbnails that it lacks, each told once', async () => {
    await makeResult('one', 1)
    await makeResult('two', 2)
    const told: string[] = []
    await results.completeThumbnails(({ runId }) => told.push(runId))
    await results.completeThumbnails(({ runId }) => told.push(runId))
    expect(told).toEqual(['two', 'one'])
    const [{ thumbnail } = { thumbnail: null }] = (await results.list()).results
    expect((await images.read(thumbnail ?? ''))?.contentType).toBe('image/jpeg')
  })
})

describe('a painting on the stage', () => {
  it('is shown without its sidecar where that does not come', async () => {
    await makeResult('run')
    await rm(sidecarPath(pictureOf('run')))
    // Whoever opens a pipe waits for its other end.
    execFileSync('mkfifo', [sidecarPath(pictureOf('run'))])
    expect(await results.stateOf('run')).toMatchObject({ iteration: 40, status: 'stopped' })
    await writeFile(sidecarPath(pictureOf('run')), '')
  }, 30_000)

  it('is shown as it stands, framed as it was, and can go on from its checkpoint', async () => {
    const folder = await makeResult('run')
    await writeFile(checkpointPath(folder), 'state')
    const state = await results.stateOf('run')
    // The sidecar knows how far the picture is; the run may have gone further and not been saved.
    expect(state).toMatchObject({
      status: 'stopped',
      iteration: exampleSidecar.iteration,
      savedIteration: 40,
    })
    expect(state.start.framed).toMatchObject({ width: 300, height: 451 })
    expect(state.shown).toMatchObject({ width: 43, height: 64, iteration: exampleSidecar.iteration })
    expect((await images.read(state.shown?.image ?? ''))?.contentType).toBe('image/png')
  })

  it('stands in for its photograph where that is gone', async () => {
    await makeResult('run')
    await rm(photograph)
    const { start, savedIteration } = await results.stateOf('run')
    expect(start.photograph).toMatchObject({
      name: 'photograph.png',
      origin: 'gone',
      width: 451,
      height: 300,
    })
    expect(start.framing.quarterTurns).toBe(0)
    expect(start.framed.image).toBe(start.photograph.id)
    expect(savedIteration).toBe(0)
  })

  it('has the painting that it was made from where that was moved since', async () => {
    const own = await makeResult('own')
    await makeResult('run', 1, { painting: { path: pictureOf('own') } })
    const moved = join(library.folder, 'own.png')
    await rename(pictureOf('own'), moved)
    await recordOutput(own, moved)
    const { start } = await results.stateOf('run')
    expect(start.painting).toMatchObject({ name: 'own.png', origin: 'own' })
    expect(shelf.path(start.painting.id)).toBe(moved)
  })

  it('is refused where its picture is gone', async () => {
    await makeResult('run')
    await rm(pictureOf('run'))
    await expect(results.stateOf('run')).rejects.toMatchObject({ code: 'file-missing' })
  })
})

describe('paintings whose picture is not where it was', () => {
  it('are forgotten where they were deleted by hand, not where their disk may be away', async () => {
    const usb = join(library.folder, 'usb')
    const byHand = await makeRun('by-hand')
    const onUsb = await makeRun('on-usb', 1, {
      output: { path: join(usb, 'on-usb.png'), overwrite: 'same-run' },
    })
    const kept = await makeResult('kept', 2)
    expect((await results.list()).absent).toBe(2)
    expect(await results.forgetAbsent()).toBe(1)
    expect([byHand, onUsb, kept].map((folder) => existsSync(folder))).toEqual([false, true, true])
    expect(await listed()).toEqual(['kept'])
  })

  it('stay while they are painted, or where they are painted next', async () => {
    const busy = await makeRun('busy')
    const interrupted = await makeRun('interrupted')
    await recordProgress(interrupted, { state: 'running', iteration: 3, total: 9 })
    const lock = await lockRun(busy)
    await results.forgetAbsent()
    await lock.release()
    expect([busy, interrupted].map((folder) => existsSync(folder))).toEqual([true, true])
  })
})

describe('a deleted painting', () => {
  it('does not come back with the thumbnail that was being made', async () => {
    await makeResult('run')
    const ended = results.ended('run')
    results.delete('run')
    expect(await ended).toBeNull()
  })

  it('does not come back while thumbnails are completed', async () => {
    await makeResult('one', 1)
    await makeResult('two', 2)
    const told: string[] = []
    await results.completeThumbnails(({ runId }) => {
      told.push(runId)
      results.delete('one')
    })
    expect(told).toEqual(['two'])
  })

  it('is not shown, whatever was on the stage', async () => {
    await makeResult('run')
    results.delete('run')
    await expect(results.stateOf('run')).rejects.toMatchObject({ code: 'file-missing' })
    await results.restore('run')
    expect((await results.stateOf('run')).start.runId).toBe('run')
  })

  it('is not seen while it goes into the bin', async () => {
    const seen: string[] = []
    results = resultsWith(async (path) => {
      seen.push(...(await listed()))
      await rename(path, join(bin, basename(path)))
    })
    await makeResult('run')
    results.delete('run')
    await results.bin('run')
    expect(seen).toEqual([])
  })

  it('whose picture somebody else has deleted leaves nothing behind, nor does one that is gone altogether', async () => {
    const [folder, other] = [await makeResult('run'), await makeResult('other')]
    results.delete('run')
    results.delete('other')
    await rm(pictureOf('run'))
    await rm(other, { recursive: true })
    await results.bin('run')
    await results.bin('other')
    expect(existsSync(folder)).toBe(false)
    expect(await listed()).toEqual([])
  })

  it('is out of sight, and comes back where that is taken back', async () => {
    await makeResult('run')
    results.delete('run')
    expect(await listed()).toEqual([])
    expect(await results.restore('run')).toMatchObject({ runId: 'run' })
    expect(await listed()).toEqual(['run'])
    await results.bin('run')
    expect(existsSync(pictureOf('run'))).toBe(true)
  })

  it('goes into the bin with its sidecar, and its run is deleted', async () => {
    const folder = await makeResult('run')
    results.delete('run')
    await results.bin('run')
    expect(existsSync(join(bin, 'run.png'))).toBe(true)
    expect(existsSync(sidecarPath(join(bin, 'run.png')))).toBe(true)
    expect(existsSync(folder)).toBe(false)
    await expect(results.restore('run')).rejects.toMatchObject({ code: 'file-missing' })
  })

  it('stays where it was, and is listed again, where there is no bin', async () => {
    results = resultsWith(() => Promise.reject(new Error('no bin here')))
    const folder = await makeResult('run')
    results.delete('run')
    await expect(results.bin('run')).rejects.toMatchObject({
      code: 'bin-unavailable',
      data: { reason: 'no bin here' },
    })
    expect([pictureOf('run'), sidecarPath(pictureOf('run')), folder].every((path) => existsSync(path))).toBe(
      true,
    )
    expect(await listed()).toEqual(['run'])
  })

  it('stays where it was, and is listed again, while somebody works on it', async () => {
    const folder = await makeResult('run')
    const lock = await lockRun(folder)
    results.delete('run')
    await expect(results.bin('run')).rejects.toMatchObject({ code: 'run-busy' })
    await lock.release()
    expect(existsSync(pictureOf('run'))).toBe(true)
    expect(await listed()).toEqual(['run'])
  })

  it('goes into the bin when the window closes, and one that cannot go keeps none of the others', async () => {
    const busy = await makeResult('busy', 1)
    await makeResult('free', 2)
    await makeResult('kept', 3)
    const lock = await lockRun(busy)
    results.delete('busy')
    results.delete('free')
    await results.binDeleted()
    await lock.release()
    expect(existsSync(pictureOf('free'))).toBe(false)
    expect(existsSync(runFolder(library, 'free'))).toBe(false)
    expect(existsSync(pictureOf('kept'))).toBe(true)
    expect([busy, pictureOf('busy')].every((path) => existsSync(path))).toBe(true)
  })
})
