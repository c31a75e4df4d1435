/**
 * @file Keeps two processes from working on the same run: the terminal and the window may share a library.
 *
 * Each process announces itself by an empty file whose name holds its id and start time, and only then looks
 * for others. Whoever comes second sees the first, so at most one goes on; two that come at the very same moment
 * both step back. The file of a process that is gone can be removed by anyone without a race, as that name never
 * comes to life again. A lock that is kept alive by a timer (proper-lockfile) is unfit: an engine step blocks the
 * process for seconds, and its lock would be taken for stale in the middle of the work.
 */
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { outputError, systemErrorCode } from './file-errors'
import { identityOf, isSameProcessAlive, type ProcessIdentity } from './process-identity'

const lockName = /^process-(\d+)-(\d+)\.lock$/

const nameOf = ({ processId, started }: ProcessIdentity): string =>
  `process-${String(processId)}-${started}.lock`

export interface RunLock {
  /** Lets go of the run. Safe to call twice. */
  release(): Promise<void>
}

/**
 * Claims the run in `folder` for this process; the folder is made if it is missing.
 *
 * @throws ImpastoError `run-busy` where another process, or this one, holds it
 */
export async function lockRun(folder: string): Promise<RunLock> {
  const own = identityOf(process.pid)
  const path = join(folder, nameOf(own))
  await announce(folder, path, own)
  const other = (await livingProcesses(folder)).find(({ processId }) => processId !== own.processId)
  if (other !== undefined) {
    await rm(path, { force: true })
    throw new ImpastoError('run-busy', { processId: other.processId })
  }
  return { release: () => rm(path, { force: true }) }
}

async function announce(folder: string, path: string, own: ProcessIdentity): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await (await open(path, 'wx')).close()
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') throw new ImpastoError('run-busy', { processId: own.processId })
    throw outputError(error, path)
  }
}

/** The id of the process that works on the run in `folder`, null where none does. */
export async function runHolder(folder: string): Promise<number | null> {
  return (await livingProcesses(folder))[0]?.processId ?? null
}

/** The living processes that announced themselves; the files of those that are gone are removed. */
async function livingProcesses(folder: string): Promise<readonly ProcessIdentity[]> {
  const living: ProcessIdentity[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const [, processId, started] = lockName.exec(name) ?? []
    if (processId === undefined || started === undefined) continue
    const identity = { processId: Number(processId), started }
    if (isSameProcessAlive(identity)) living.push(identity)
    else await rm(join(folder, name), { force: true })
  }
  return living
}
