/** @file One set-up of a checkout at a time: the second one waits for the first. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { dirname } from 'node:path'
import { SetupInterrupted } from './setup-error.mjs'
import { isAlive } from './stage.mjs'

const pollMilliseconds = 250

/**
 * A lock whose process has died is taken over.
 *
 * @param {string} path
 * @param {{ signal: AbortSignal, onWait: (processId: number) => void }} options
 * @returns {Promise<() => void>} releases the lock
 */
export async function acquireLock(path, { signal, onWait }) {
  mkdirSync(dirname(path), { recursive: true })
  let waiting = false
  while (!tryLock(path)) {
    const owner = lockOwner(path)
    if (owner === undefined || !isAlive(owner)) {
      rmSync(path, { force: true })
      continue
    }
    if (!waiting) onWait(owner)
    waiting = true
    await sleep(pollMilliseconds)
    if (signal.aborted) throw new SetupInterrupted()
  }
  return () => {
    if (lockOwner(path) === process.pid) rmSync(path, { force: true })
  }
}

/** @param {string} path */
function tryLock(path) {
  // A link appears with its contents, so nobody ever reads a lock that does not name its owner yet.
  const own = `${path}.${String(process.pid)}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

/**
 * @param {string} path
 * @returns {number | undefined}
 */
function lockOwner(path) {
  try {
    const processId = Number(readFileSync(path, 'utf8'))
    return Number.isInteger(processId) && processId > 0 ? processId : undefined
  } catch {
    return undefined
  }
}
