import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PaintingEvent } from '../../../src-shared/contract/painting-events'
import { wholePicture } from '../../../src-shared/model/framing'
import { stylizeJobSchema, type StylizeJob } from '../../../src-shared/model/stylize-job'
import { checkpointPath, readRun } from '../../storage/runs'
import { readSidecar, sidecarPath } from '../../storage/sidecar'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { decodeImage } from '../image/decode-image'
import { saveImage } from '../image/save-image'
import { quarters } from '../image/testing/pictures'
import { stylize } from './stylize'
import { TaskController } from './task-control'

let folder: string
let job: StylizeJob
beforeEach(async () => {
  folder = await temporaryFolder()
  const picture = join(folder, 'photograph.png')
  await saveImage(quarters(64, 64), picture, { recipe: null, sidecar: null, replace: false })
  job = stylizeJobSchema.parse({
    kind: 'stylize',
    runId: 'run-1',
    folder: join(folder, 'library', 'runs', 'run-1'),
    photograph: { path: picture, framing: wholePicture },
    painting: { path: picture },
    initialImage: null,
    recipe: { size: 64, iterations: 3, precision: 'float32' },
    output: { path: join(folder, 'painted.png'), overwrite: 'never' },
    resume: false,
  })
})

/** Runs to the end, and calls `act` with each event. */
async function eventsOf(
  changes: Partial<StylizeJob> = {},
  act: (event: PaintingEvent, controller: TaskController) => void = () => undefined,
  controller = new TaskController(),
): Promise<readonly PaintingEvent[]> {
  const events: PaintingEvent[] = []
  for await (const event of stylize({ ...job, ...changes }, controller)) {
    events.push(event)
    act(event, controller)
  }
  return events
}

const cancelAfterFirst = (event: PaintingEvent, controller: TaskController): void => {
  if (event.event === 'iteration') controller.control('cancel')
}
const noticesAmong = (events: readonly PaintingEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.event === 'notice' ? [event.notice] : []))

describe('a painting whose library takes no files any more', () => {
  const unsaved = { code: 'unsaved', reason: 'unwritable' }
  // A folder in the checkpoint's place, which also an administrator cannot write over.
  beforeEach(() => mkdir(join(checkpointPath(job.folder), 'in-the-way'), { recursive: true }))

  it('goes on, says so once, and saves its result', async () => {
    const events = await eventsOf()
    expect(noticesAmong(events)).toEqual([unsaved])
    expect(events.map(({ event }) => event)).not.toContain('checkpoint')
    expect(events.at(-1)).toMatchObject({ event: 'done', complete: true })
    expect(await decodeImage(job.output.path)).toMatchObject({ width: 64, height: 64 })
    expect(await readSidecar(job.output.path)).toMatchObject({ runId: 'run-1', complete: true })
  })

  it('says so each time it waits', async () => {
    const controller = new TaskController()
    controller.control('pause')
    let waits = 0
    const events = await eventsOf(
      {},
      ({ event }) => {
        if (event === 'iteration' && waits === 1) controller.control('pause')
        if (event !== 'notice') return
        waits += 1
        controller.control('resume')
      },
      controller,
    )
    expect(noticesAmong(events)).toEqual([unsaved, unsaved])
    expect(events.at(-1)).toMatchObject({ event: 'done', complete: true })
  })
})

describe('a painting that is taken up again', () => {
  it('needs nothing but its checkpoint', async () => {
    await eventsOf({}, cancelAfterFirst)
    expect(await readRun(job.folder)).toMatchObject({ state: 'interrupted', iteration: 1, total: 3 })
    for (const name of await readdir(job.folder)) {
      if (!name.startsWith('checkpoint')) await rm(join(job.folder, name))
    }
    const events = await eventsOf({ resume: true })
    expect(noticesAmong(events)).toEqual([{ code: 'resumed', iteration: 1 }])
    expect(events.at(-1)).toMatchObject({ event: 'done', iteration: 3 })
  })

  it('saves its picture where it was killed between the sidecar and the picture', async () => {
    await eventsOf({}, cancelAfterFirst)
    await writeFile(sidecarPath(job.output.path), JSON.stringify({ program: 'Impasto', runId: 'run-1' }))
    const output = { ...job.output, overwrite: 'same-run' } as const
    await eventsOf({ resume: true, output })
    expect(await readSidecar(job.output.path)).toMatchObject({ runId: 'run-1', complete: true })
    expect(await decodeImage(job.output.path)).toMatchObject({ width: 64, height: 64 })
  })

  it('is known as begun before its first checkpoint', async () => {
    const controller = new TaskController()
    controller.control('cancel')
    await rm(job.folder, { recursive: true, force: true })
    const painting = stylize(job, controller)
    await painting.next()
    expect(await readRun(job.folder)).toMatchObject({ state: 'running', iteration: 0, total: 3 })
    await painting.return({ output: null, iteration: 0, complete: false })
  })
})
