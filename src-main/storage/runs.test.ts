import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { folderBytes, libraryAt, prepareLibrary, type Library } from './library'
import { lockRun } from './run-lock'
import {
  checkpointPath,
  deleteOldRuns,
  deleteRun,
  listResumableRuns,
  listRuns,
  readRun,
  recordJob,
  recordProgress,
  runFolder,
  type RunProgress,
} from './runs'
import { exampleJob } from './testing/examples'
import { temporaryFolder } from './testing/temporary-folder'

let library: Library
beforeEach(async () => {
  library = libraryAt(await temporaryFolder())
  await prepareLibrary(library)
})

async function makeRun(id: string, state: RunProgress['state'], changed = new Date()): Promise<string> {
  const folder = runFolder(library, id)
  await recordJob(exampleJob(id, folder))
  await recordProgress(folder, { state, iteration: 12, total: 60 })
  await utimes(join(folder, 'progress.json'), changed, changed)
  return folder
}

describe('a run', () => {
  it('comes back as it was recorded', async () => {
    const folder = await makeRun('run-1', 'finished')
    expect(await readRun(folder)).toMatchObject({
      id: 'run-1',
      folder,
      job: exampleJob('run-1', folder),
      state: 'finished',
      iteration: 12,
      total: 60,
      hasCheckpoint: false,
    })
  })

  it('is interrupted once nobody works on it any more', async () => {
    const folder = await makeRun('run-1', 'running')
    const lock = await lockRun(folder)
    expect((await readRun(folder))?.state).toBe('running')
    await lock.release()
    expect((await readRun(folder))?.state).toBe('interrupted')
  })

  it('is found where its library was moved to', async () => {
    const folder = runFolder(library, 'run-1')
    await recordJob({ ...exampleJob('run-1', folder) })
    await writeFile(join(folder, 'job.json'), JSON.stringify(exampleJob('run-1', '/elsewhere/run-1')))
    await recordProgress(folder, { state: 'running', iteration: 1, total: 2 })
    expect((await readRun(folder))?.job.folder).toBe(folder)
  })
})

describe('the runs of a library', () => {
  it('are listed with the latest first, and without what is no run', async () => {
    await makeRun('old', 'finished', new Date(1000))
    await makeRun('new', 'stopped', new Date(3000))
    await makeRun('middle', 'running', new Date(2000))
    await mkdir(join(library.runs, 'empty'))
    await writeFile(join(library.runs, 'note.txt'), '')
    await mkdir(join(library.runs, 'damaged'))
    await writeFile(join(library.runs, 'damaged', 'job.json'), '{"runId":')
    expect((await listRuns(library)).map(({ id }) => id)).toEqual(['new', 'middle', 'old'])
  })

  it('can be resumed where they were cut off and left a checkpoint', async () => {
    await makeRun('without-checkpoint', 'running')
    for (const [id, state] of [
      ['cut-off', 'running'],
      ['stopped', 'stopped'],
    ] as const) {
      await writeFile(checkpointPath(await makeRun(id, state)), 'tensors')
    }
    expect((await listResumableRuns(library)).map(({ id }) => id)).toEqual(['cut-off'])
  })

  it('are none in a library that was never used', async () => {
    expect(await listRuns(libraryAt(join(library.folder, 'none')))).toEqual([])
  })
})

describe('deleting runs', () => {
  it('removes the folder, but not under a process that works on it', async () => {
    const folder = await makeRun('run-1', 'running')
    const lock = await lockRun(folder)
    await expect(deleteRun(folder)).rejects.toMatchObject({ code: 'run-busy' })
    expect(await readRun(folder)).not.toBeNull()
    await lock.release()
    await deleteRun(folder)
    expect(await readdir(library.runs)).toEqual([])
  })

  it('spares the latest and all that are not at their end', async () => {
    await makeRun('first', 'finished', new Date(1000))
    await makeRun('second', 'stopped', new Date(2000))
    await makeRun('third', 'finished', new Date(3000))
    await makeRun('cut-off', 'running', new Date(500))
    await deleteOldRuns(library, 2)
    expect((await readdir(library.runs)).sort()).toEqual(['cut-off', 'second', 'third'])
  })
})

describe('folderBytes', () => {
  it('adds up the files of all folders below', async () => {
    await mkdir(join(library.runs, 'a', 'b'), { recursive: true })
    await writeFile(join(library.runs, 'a', 'b', 'one'), new Uint8Array(1000))
    await writeFile(join(library.runs, 'two'), new Uint8Array(24))
    expect(await folderBytes(library.folder)).toBe(1024)
    expect(await folderBytes(join(library.folder, 'none'))).toBe(0)
  })
})
