import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { folderBytes, libraryAt, prepareLibrary, type Library } from './library'
import { lockRun } from './run-lock'
import {
  checkpointPath,
  deleteRun,
  readRun,
  recordJob,
  recordOutput,
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

  it('needs only its job: one that was cut off before it told how far it came can have a checkpoint', async () => {
    const folder = runFolder(library, 'run-1')
    await recordJob(exampleJob('run-1', folder))
    await writeFile(checkpointPath(folder), 'tensors')
    expect(await readRun(folder)).toMatchObject({ state: 'interrupted', iteration: 0, hasCheckpoint: true })
  })

  it('is found where its library was moved to', async () => {
    const folder = runFolder(library, 'run-1')
    await recordJob({ ...exampleJob('run-1', folder) })
    await writeFile(join(folder, 'job.json'), JSON.stringify(exampleJob('run-1', '/elsewhere/run-1')))
    await recordProgress(folder, { state: 'running', iteration: 1, total: 2 })
    expect((await readRun(folder))?.job.folder).toBe(folder)
  })
})

describe('a job on the disk', () => {
  const recorded = async (folder: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, 'job.json'), 'utf8'))

  it('tells its version and its kind', async () => {
    const folder = await makeRun('run-1', 'finished')
    expect(await recorded(folder)).toEqual({ version: 2, ...exampleJob('run-1', folder) })
    expect(await recorded(folder)).toMatchObject({ kind: 'stylize' })
  })

  it.each([
    ['of version 1', { version: 1 }],
    ['from before there were versions', {}],
  ])('%s has no kind, is a painting, and goes on as one of today', async (_, version) => {
    const folder = await makeRun('run-1', 'stopped')
    const { kind, ...kindless } = exampleJob('run-1', folder)
    await writeFile(join(folder, 'job.json'), JSON.stringify({ ...version, ...kindless }))
    const record = await readRun(folder)
    expect(record).toMatchObject({ job: { ...kindless, kind }, state: 'stopped', iteration: 12 })
    if (record !== null) await recordJob({ ...record.job, resume: true })
    expect(await recorded(folder)).toMatchObject({ version: 2, kind: 'stylize', resume: true })
  })

  it.each(['{"version":3}', '{"version":2,"kind":"sculpt"}'])(
    'of a newer program is not written over: %s',
    async (content) => {
      const folder = runFolder(library, 'run-1')
      await mkdir(folder)
      await writeFile(join(folder, 'job.json'), content)
      await expect(recordJob(exampleJob('run-1', folder))).rejects.toMatchObject({ code: 'run-too-new' })
      expect(await readFile(join(folder, 'job.json'), 'utf8')).toBe(content)
      expect(await readRun(folder)).toBeNull()
    },
  )
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
})

describe('moving the picture of a run', () => {
  it('is written down, and the rest of the job stays', async () => {
    const folder = await makeRun('run-1', 'finished')
    const record = await readRun(folder)
    if (record === null) throw new Error('There is no run')
    await recordOutput(folder, '/elsewhere/painted.png')
    const moved = await readRun(folder)
    expect(moved?.job).toEqual({
      ...record.job,
      output: { ...record.job.output, path: '/elsewhere/painted.png' },
    })
    expect(moved?.state).toBe('finished')
  })

  it('comes after what has to be done before, while nobody else can work on it; where that fails, nothing is changed', async () => {
    const folder = await makeRun('run-1', 'finished')
    const before = await readRun(folder)
    const first = async (): Promise<void> => {
      await expect(deleteRun(folder)).rejects.toMatchObject({ code: 'run-busy' })
      throw new Error('It cannot be copied')
    }
    await expect(recordOutput(folder, '/elsewhere/painted.png', first)).rejects.toThrow('It cannot be copied')
    expect(await readRun(folder)).toEqual(before)
  })

  it.each([
    ['a newer program began', '{"version":3}', 'run-too-new'],
    ['is of a kind that this program does not know', '{"version":2,"kind":"sculpt"}', 'run-too-new'],
    ['is damaged', '{"runId":', 'file-unreadable'],
    ['is gone', null, 'file-unreadable'],
  ])('is refused where the run %s', async (_, job, code) => {
    const folder = await makeRun('run-1', 'finished')
    const path = join(folder, 'job.json')
    await (job === null ? rm(path) : writeFile(path, job))
    await expect(recordOutput(folder, '/elsewhere/painted.png')).rejects.toMatchObject({ code })
    expect(await readFile(path, 'utf8').catch(() => null)).toBe(job)
  })

  it('is refused where the system does not let the job be read', async () => {
    const folder = await makeRun('run-1', 'finished')
    await rm(join(folder, 'job.json'))
    await mkdir(join(folder, 'job.json'))
    await expect(recordOutput(folder, '/elsewhere/painted.png')).rejects.toMatchObject({ code: 'not-a-file' })
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
