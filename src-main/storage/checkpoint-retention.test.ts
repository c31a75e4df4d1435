import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import { checkpointBytes, clearCheckpoints, tidyCheckpoints } from './checkpoint-retention'
import { libraryAt, prepareLibrary, type Library } from './library'
import { lockRun } from './run-lock'
import { listRuns } from './run-list'
import { checkpointPath, recordJob, recordProgress, runFolder, type RunProgress } from './runs'
import { exampleJob } from './testing/examples'
import { temporaryFolder } from './testing/temporary-folder'

const NOW = new Date('2026-06-15T12:00:00Z')
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000)

let library: Library
beforeEach(async () => {
  library = libraryAt(await temporaryFolder())
  await prepareLibrary(library)
})

async function makeRun(
  id: string,
  state: RunProgress['state'],
  changed: Date,
  maker: StylizeJob['maker'] = 'window',
): Promise<string> {
  const folder = runFolder(library, id)
  await recordJob({ ...exampleJob(id, folder), maker })
  await recordProgress(folder, { state, iteration: 12, total: 60 })
  await writeFile(checkpointPath(folder), new Uint8Array(10))
  await utimes(join(folder, 'progress.json'), changed, changed)
  return folder
}

const runs = async () => (await listRuns(library)).runs

async function withCheckpoint(): Promise<readonly string[]> {
  return (await runs()).filter(({ hasCheckpoint }) => hasCheckpoint).map(({ id }) => id)
}

describe('checkpoints', () => {
  it('stay with the latest three finished paintings, and with stopped ones for so many days', async () => {
    for (const days of [1, 2, 3, 4, 5]) await makeRun(`finished-${days}`, 'finished', daysAgo(days))
    await makeRun('stopped-6', 'stopped', daysAgo(6))
    await makeRun('stopped-8', 'stopped', daysAgo(8))
    await tidyCheckpoints(await runs(), { days: 7, now: NOW })
    expect(await withCheckpoint()).toEqual(['finished-1', 'finished-2', 'finished-3', 'stopped-6'])
    expect(await runs()).toHaveLength(7)
  })

  it('of stopped paintings stay for ever where that is wished', async () => {
    await makeRun('stopped', 'stopped', daysAgo(900))
    await tidyCheckpoints(await runs(), { days: null, now: NOW })
    expect(await withCheckpoint()).toEqual(['stopped'])
  })

  it('of the terminal, and of what was cut off, are never touched', async () => {
    await makeRun('terminal', 'stopped', daysAgo(900), 'terminal')
    await makeRun('cut-off', 'running', daysAgo(901))
    await tidyCheckpoints(await runs(), { days: 1, now: NOW })
    await clearCheckpoints(await runs())
    expect(await withCheckpoint()).toEqual(['terminal', 'cut-off'])
  })

  it('of a run that somebody works on stay, and the others are tidied all the same', async () => {
    const lock = await lockRun(await makeRun('busy', 'stopped', daysAgo(9)))
    await makeRun('old', 'stopped', daysAgo(10))
    const left = await tidyCheckpoints(await runs(), { days: 7, now: NOW })
    expect(await withCheckpoint()).toEqual(['busy'])
    // What is told of them without another look is the same.
    expect(left).toEqual(await runs())
    await lock.release()
  })

  it('are counted, and cleared at once', async () => {
    await makeRun('finished', 'finished', daysAgo(1))
    await makeRun('stopped', 'stopped', daysAgo(2))
    await mkdir(join(library.runs, 'foreign', 'job.json'), { recursive: true })
    expect(await checkpointBytes(await runs())).toBe(20)
    await clearCheckpoints(await runs())
    expect(await checkpointBytes(await runs())).toBe(0)
  })
})
