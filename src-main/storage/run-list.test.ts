import { cp, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { libraryAt, prepareLibrary, type Library } from './library'
import { identityOf, tagOf } from './process-identity'
import { lockRun } from './run-lock'
import { listRuns } from './run-list'
import {
  checkpointPath,
  deleteCheckpoint,
  deleteRun,
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
afterEach(() => vi.useRealTimers())

async function makeRun(id: string, state: RunProgress['state'], changed = new Date()): Promise<string> {
  const folder = runFolder(library, id)
  await recordJob(exampleJob(id, folder))
  await recordProgress(folder, { state, iteration: 12, total: 60 })
  await utimes(join(folder, 'progress.json'), changed, changed)
  return folder
}

describe('the runs of a library', () => {
  it('are listed with the latest first, and without what is no run', async () => {
    await makeRun('old', 'finished', new Date(1000))
    await makeRun('new', 'stopped', new Date(3000))
    await makeRun('middle', 'running', new Date(2000))
    await mkdir(join(library.runs, 'empty'))
    await writeFile(join(library.runs, 'note.txt'), '')
    const { runs, foreign } = await listRuns(library)
    expect(runs.map(({ id }) => id)).toEqual(['new', 'middle', 'old'])
    expect(foreign).toEqual([])
  })

  it('that cannot be understood are told and left as they are', async () => {
    await makeRun('whole', 'finished')
    await mkdir(join(library.runs, 'half'))
    await writeFile(join(library.runs, 'half', 'job.json'), '{"runId":')
    await mkdir(join(library.runs, 'folder', 'job.json'), { recursive: true })
    await mkdir(join(library.runs, 'newer'))
    const newer = JSON.stringify({ version: 3, brushes: [] })
    await writeFile(join(library.runs, 'newer', 'job.json'), newer)
    await mkdir(join(library.runs, 'sculpture'))
    await writeFile(join(library.runs, 'sculpture', 'job.json'), '{"version":2,"kind":"sculpt"}')

    const { runs, foreign } = await listRuns(library)
    expect(runs.map(({ id }) => id)).toEqual(['whole'])
    expect([...foreign].sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
      { id: 'folder', reason: 'unreadable' },
      { id: 'half', reason: 'unreadable' },
      { id: 'newer', reason: 'newer' },
      { id: 'sculpture', reason: 'newer' },
    ])
    expect(await readFile(join(library.runs, 'newer', 'job.json'), 'utf8')).toBe(newer)
  })

  it('have the ids of their folders: a copied folder is no second run of one id', async () => {
    const folder = await makeRun('run-1', 'finished')
    await cp(folder, runFolder(library, 'run-1 (copy)'), { recursive: true })
    const { runs, foreign } = await listRuns(library)
    expect(runs.map(({ id }) => id)).toEqual(['run-1'])
    expect(foreign).toEqual([{ id: 'run-1 (copy)', reason: 'unreadable' }])
    expect(await readRun(runFolder(library, 'run-1 (copy)'))).toBeNull()
  })

  it('are none in a library that was never used', async () => {
    const none = libraryAt(join(library.folder, 'none'))
    expect(await listRuns(none)).toEqual({ runs: [], foreign: [], problem: null })
  })

  it('that the system does not let us list are not taken for none', async () => {
    await rm(library.runs, { recursive: true })
    await writeFile(library.runs, 'no folder')
    const { runs, problem } = await listRuns(library)
    expect(runs).toEqual([])
    expect(problem).toMatchObject({
      code: 'runs-unreadable',
      data: { path: library.runs, reason: 'it is not a folder' },
    })
  })
})

describe('the index', () => {
  /** What was written until now counts as settled. */
  const later = (): void => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  }
  const indexText = () => readFile(library.runIndex, 'utf8')
  /** Replaces in the index alone: who lists by it tells of the replacement. */
  const forge = async (from: string, to: string): Promise<void> => {
    const text = await indexText()
    expect(text).toContain(from)
    await writeFile(library.runIndex, text.replaceAll(from, to))
  }
  const iterations = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await listRuns(library)).runs.map(({ id, iteration }) => [id, iteration]))

  it('spares the reading of runs that have not changed, and gives the same', async () => {
    await makeRun('one', 'finished', new Date(1000.5))
    await makeRun('two', 'stopped')
    await mkdir(join(library.runs, 'newer'))
    await writeFile(join(library.runs, 'newer', 'job.json'), '{"version":3}')
    await mkdir(join(library.runs, 'half'))
    await writeFile(join(library.runs, 'half', 'job.json'), '{"runId":')
    later()
    const read = await listRuns(library)
    expect(await listRuns(library)).toEqual(read)
    await forge('"iteration":12', '"iteration":13')
    expect(await iterations()).toEqual({ one: 13, two: 13 })
  })

  it('is not written where nothing has changed', async () => {
    await makeRun('run', 'finished')
    later()
    await listRuns(library)
    await utimes(library.runIndex, 1, 1)
    await listRuns(library)
    expect((await stat(library.runIndex)).mtimeMs).toBe(1000)
  })

  it.each<[string, (folder: string) => Promise<unknown>, object]>([
    [
      'painted on',
      (folder) => recordProgress(folder, { state: 'finished', iteration: 60, total: 60 }),
      { iteration: 60 },
    ],
    [
      'changed by hand, to the same length and time',
      async (folder) => {
        const path = join(folder, 'progress.json')
        await writeFile(path, (await readFile(path, 'utf8')).replace('12', '59'))
        await utimes(path, 1, 1)
      },
      { iteration: 59 },
    ],
    ['given a checkpoint', (folder) => writeFile(checkpointPath(folder), 'state'), { hasCheckpoint: true }],
    [
      'moved elsewhere',
      (folder) => recordJob(movedJob(folder)),
      { job: { output: { path: '/elsewhere.png' } } },
    ],
  ])('is not believed of a run that was %s', async (_, change, expected) => {
    const folder = await makeRun('run', 'stopped')
    await utimes(join(folder, 'progress.json'), 1, 1)
    later()
    await listRuns(library)
    await forge('"iteration":12', '"iteration":13')
    await change(folder)
    expect((await listRuns(library)).runs).toMatchObject([expected])
  })
  const movedJob = (folder: string) => {
    const job = exampleJob('run', folder)
    return { ...job, output: { ...job.output, path: '/elsewhere.png' } }
  }

  it('does not hide a checkpoint that was deleted, nor a run that was', async () => {
    const folder = await makeRun('run', 'stopped')
    await writeFile(checkpointPath(folder), 'state')
    await makeRun('other', 'stopped')
    later()
    await listRuns(library)
    await deleteCheckpoint(folder)
    await deleteRun(runFolder(library, 'other'))
    expect((await listRuns(library)).runs).toMatchObject([{ id: 'run', hasCheckpoint: false }])
  })

  it('knows runs that appear by themselves: from a terminal, or put there by hand', async () => {
    await makeRun('one', 'finished')
    later()
    await listRuns(library)
    await makeRun('by-terminal', 'running')
    const aside = join(library.folder, 'aside')
    await rename(await makeRun('by-hand', 'finished'), aside)
    expect(await iterations()).toEqual({ one: 12, 'by-terminal': 12 })
    await rename(aside, runFolder(library, 'by-hand'))
    expect(await iterations()).toEqual({ one: 12, 'by-terminal': 12, 'by-hand': 12 })
  })

  it('removes what a process that was killed at it has left', async () => {
    await makeRun('run', 'finished')
    later()
    const gone = tagOf({ ...identityOf(process.pid), started: '1' })
    const left = join(library.folder, `.impasto-0123456789abcdef-${gone}.part`)
    await writeFile(left, '')
    await listRuns(library)
    await expect(stat(left)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('does not say whether somebody works on a run: that is looked up', async () => {
    const folder = await makeRun('run', 'running')
    later()
    await listRuns(library)
    expect((await listRuns(library)).runs).toMatchObject([{ state: 'interrupted' }])
    const lock = await lockRun(folder)
    expect((await listRuns(library)).runs).toMatchObject([{ state: 'running' }])
    await lock.release()
    expect((await listRuns(library)).runs).toMatchObject([{ state: 'interrupted' }])
  })

  it('does not keep what has just changed, as a second change may bear the same time', async () => {
    await makeRun('run', 'stopped')
    expect(await iterations()).toEqual({ run: 12 })
    expect(await indexText().catch(() => '')).not.toContain('"iteration":12')
  })

  it.each([
    ['missing', () => rm(library.runIndex)],
    ['cut off', async () => writeFile(library.runIndex, (await indexText()).slice(0, 100))],
    ['of another version', () => forge('"version":1,"runs"', '"version":2,"runs"')],
    [
      'a folder',
      async () => {
        await rm(library.runIndex)
        await mkdir(library.runIndex)
      },
    ],
  ])('is made anew where it is %s, and nobody misses it', async (_, damage) => {
    await makeRun('run', 'finished')
    later()
    await listRuns(library)
    const whole = await indexText()
    await damage()
    expect(await iterations()).toEqual({ run: 12 })
    expect(await indexText().catch(() => whole)).toBe(whole)
  })

  it('goes with its library to another place, and believes nothing there that it has not seen', async () => {
    await makeRun('run', 'finished')
    later()
    await listRuns(library)
    await forge('"iteration":12', '"iteration":13')
    const moved = libraryAt(join(library.folder, 'moved'))
    await mkdir(moved.folder)
    await cp(library.runs, moved.runs, { recursive: true })
    await cp(library.runIndex, moved.runIndex)
    expect((await listRuns(moved)).runs).toMatchObject([{ iteration: 12, folder: runFolder(moved, 'run') }])
  })
})
