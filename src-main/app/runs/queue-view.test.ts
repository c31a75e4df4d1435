import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import type { PaintingQueue } from '../../../src-shared/model/queue'
import { SAMPLES } from '../../engine/image/testing/pictures'
import { EngineKeeper } from '../../jobs/engine-keeper'
import { JobQueue } from '../../jobs/queue/job-queue'
import { libraryAt, prepareLibrary, type Library } from '../../storage/library'
import { runFolder } from '../../storage/runs'
import { exampleJob } from '../../storage/testing/examples'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { ImageStore } from '../pictures/image-store'
import { PictureShelf } from '../pictures/picture-shelf'
import { ScreenCopies } from '../pictures/screen-copies'
import { QueueView } from './queue-view'

let engines: EngineKeeper
let library: Library
let queue: JobQueue
let view: QueueView
let told: PaintingQueue[]
let photograph: string

beforeAll(() => {
  const entry = new URL('../../jobs/testing/quick-painter.mjs', import.meta.url).pathname
  engines = new EngineKeeper({ entry, node: process.execPath })
})

afterAll(() => engines.kill())

beforeEach(async () => {
  library = libraryAt(await temporaryFolder())
  await prepareLibrary(library)
  photograph = join(library.folder, 'photograph.png')
  await copyFile(join(SAMPLES, 'photographs', 'chelsea.png'), photograph)
  const images = new ImageStore()
  told = []
  queue = await JobQueue.open(library.queue)
  onTestFinished(() => queue.close())
  view = new QueueView(
    queue,
    new PictureShelf(images, engines, new ScreenCopies(library, images, engines)),
    (current) => told.push(current),
  )
  // What was begun waits for ever.
  queue.serve({
    begin: ({ runId }) =>
      runId === 'unfit' ? Promise.reject(new Error(`no ${photograph}`)) : new Promise(() => undefined),
    onChange: () => {
      view.update()
    },
  })
})

function job(runId: string) {
  const example = exampleJob(runId, runFolder(library, runId))
  return {
    ...example,
    photograph: { ...example.photograph, path: photograph },
    painting: { path: join(library.folder, 'gone.png') },
  }
}

it('is told at once with names, and again with pictures; one that is gone keeps its name', async () => {
  queue.add(job('a'))
  expect(told[0]?.entries).toMatchObject([
    { runId: 'a', state: 'waiting', photograph: { name: 'photograph.png', shown: null } },
  ])
  await expect.poll(() => told.at(-1)?.entries[0]?.photograph.shown?.width).toBe(451)
  expect(view.current.entries[0]?.painting).toEqual({ name: 'gone.png', shown: null })
  // A painting of the same pictures is told with them from its beginning on.
  const before = told.length
  queue.pause()
  expect(told).toHaveLength(before + 1)
  expect(told.at(-1)).toMatchObject({ isPaused: true, problem: null })
  // How it stands is read anew, and what was seen is shown on.
  await rm(photograph)
  queue.note('a', true)
  await expect.poll(() => told.length).toBe(before + 3)
  expect(told.at(-1)?.entries[0]?.photograph).toMatchObject({ name: 'photograph.png', shown: { width: 451 } })
})

it('tells why a painting was set aside, without the folders of its files', async () => {
  queue.add(job('unfit'))
  await expect.poll(() => view.current.entries[0]?.state).toBe('failed')
  expect(view.current.entries[0]?.error).toEqual({
    code: 'unexpected',
    data: { message: 'no photograph.png' },
  })
})

it('tells what is wrong with the queue on the disk', async () => {
  const other = await JobQueue.open(library.queue)
  const otherView = new QueueView(
    other,
    new PictureShelf(new ImageStore(), engines, new ScreenCopies(library, new ImageStore(), engines)),
    () => undefined,
  )
  expect(otherView.current).toEqual({ entries: [], isPaused: false, problem: { kind: 'held' } })
})
