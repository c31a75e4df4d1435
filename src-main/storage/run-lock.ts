/**
 * @file Keeps two processes from working on the same run: the terminal and the window may share a library.
 *
 * Each process announces itself by an empty file whose name tells which process it is, and only then looks for
 * others. Whoever comes second sees the first, so at most one goes on; two that come at the very same moment both step
 * back, and try again after a moment of a length of their own. The file of a process that is gone can be removed by
 * anyone without a race, as that name never comes to life again. A lock that is kept alive by a timer
 * (proper-lockfile) is unfit: an engine step blocks the process for seconds, and its lock would be taken for stale in
 * the middle of the work. Of a process on another machine nothing can be known but what it writes into the run's
 * folder (see [Note: Whose process]), so its lock holds, and whoever is refused is told which file it is.
 */
import { lstat, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { outputError, systemErrorCode } from './file-errors'
import { isLongSilent } from './leftovers'
import { makeFolder } from './make-folder'
import { identityFromTag, identityOf, livenessOf, tagOf, type ProcessIdentity } from './process-identity'

const ATTEMPTS = 5
const LONGEST_WAIT_MS = 50

const lockName = /^process-(.+)\.lock$/

export interface RunLock {
  /** Lets go of the run. Safe to call twice; never rejects. */
  release(): Promise<void>
}

interface Holder {
  readonly identity: ProcessIdentity
  /** Its lock. */
  readonly path: string
  readonly isElsewhere: boolean
}

/**
 * Claims the run in `folder` for this process; the folder is made if it is missing.
 *
 * @throws ImpastoError `run-busy` where another process, or this one, holds it, `run-busy-elsewhere` where that is
 *   one of another machine, `disk-full`, `output-unwritable`
 */
export async function lockRun(folder: string): Promise<RunLock> {
  const own = identityOf(process.pid)
  const path = join(folder, `process-${tagOf(own)}.lock`)
  await makeFolder(folder)
  for (let attempt = 1; ; attempt += 1) {
    await announce(folder, path, own)
    const other = (await holders(folder)).find((holder) => holder.path !== path)
    if (other === undefined) return { release: () => withdraw(path) }
    await withdraw(path)
    if (attempt === ATTEMPTS) throw refusalBy(other)
    await setTimeout(Math.random() * LONGEST_WAIT_MS)
  }
}

async function announce(folder: string, path: string, own: ProcessIdentity): Promise<void> {
  try {
    await (await open(path, 'wx')).close()
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') throw new ImpastoError('run-busy', { processId: own.processId })
    throw outputError(error, folder)
  }
}

/** A lock that stays, on a disk that became read-only, ends with its process. */
async function withdraw(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined)
}

function refusalBy({ identity, path, isElsewhere }: Holder): ImpastoError {
  return isElsewhere
    ? new ImpastoError('run-busy-elsewhere', { host: identity.place.host, path })
    : new ImpastoError('run-busy', { processId: identity.processId })
}

/** The id of the process that works on the run in `folder`, null where none does. */
export async function runHolder(folder: string): Promise<number | null> {
  return (await holders(folder))[0]?.identity.processId ?? null
}

/** Longer than a step of a large painting takes. */
const LONGEST_STEP_MS = 60_000
const GLANCE_MS = 200

/** Waits until no process works on the run in `folder`, at most as long as one that was told to leave may take. */
export async function untilRunIsFree(folder: string): Promise<void> {
  const latest = Date.now() + LONGEST_STEP_MS
  while (Date.now() < latest && (await runHolder(folder)) !== null) await setTimeout(GLANCE_MS)
}

/** The processes that announced themselves and may be living; the locks of those that are gone are removed. */
async function holders(folder: string): Promise<readonly Holder[]> {
  const found: Holder[] = []
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const identity = identityFromTag(lockName.exec(name)?.[1] ?? '')
    if (identity === null) continue
    const path = join(folder, name)
    const liveness = livenessOf(identity)
    const signs = names.filter((other) => other === name || !lockName.test(other))
    const isGone =
      liveness === 'gone' || (liveness === 'unknown' && isLongSilent(await newest(folder, signs)))
    if (isGone) await withdraw(path)
    else found.push({ identity, path, isElsewhere: liveness === 'unknown' })
  }
  return found
}

/** When one of these files last changed: a process that paints writes its checkpoints beside its lock. */
async function newest(folder: string, names: readonly string[]): Promise<Date> {
  const times = names.map(async (name) => (await lstat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0)
  return new Date(Math.max(...(await Promise.all(times))))
}
