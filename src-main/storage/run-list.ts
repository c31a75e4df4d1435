/** @file All runs of a library. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { reasonOf, systemErrorCode } from './file-errors'
import type { Library } from './library'
import { mapSomeAtOnce } from './map-some-at-once'
import { RunIndex } from './run-index'
import { inspectRun, type ForeignRun, type RunRecord } from './runs'

const MOST_INSPECTED_AT_ONCE = 32

export interface RunList {
  /** The latest first. */
  readonly runs: readonly RunRecord[]
  readonly foreign: readonly ForeignRun[]
  /** Why the system does not let us look, where it does not: there may be runs that nobody knows of. */
  readonly problem: ImpastoError<'runs-unreadable'> | null
}

/** All runs of the library. Never rejects: one that cannot be read says so. */
export async function listRuns(library: Library): Promise<RunList> {
  let names: readonly string[]
  try {
    names = await namesIn(library.runs)
  } catch (cause) {
    const data = { path: library.runs, reason: reasonOf(cause) }
    return { runs: [], foreign: [], problem: new ImpastoError('runs-unreadable', data, { cause }) }
  }
  const index = await RunIndex.open(library)
  const found = await mapSomeAtOnce(MOST_INSPECTED_AT_ONCE, names, (name) =>
    inspectRun(join(library.runs, name), (folder) => index.filesIn(folder)),
  )
  await index.keep()
  const runs = found.filter((run): run is RunRecord => run !== null && 'job' in run)
  return {
    runs: runs.sort((one, other) => other.changed.getTime() - one.changed.getTime()),
    foreign: found.filter((run): run is ForeignRun => run !== null && 'reason' in run),
    problem: null,
  }
}

/** None where there is no such folder yet. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((thrown: unknown) => {
    if (systemErrorCode(thrown) === 'ENOENT') return []
    throw thrown
  })
}
