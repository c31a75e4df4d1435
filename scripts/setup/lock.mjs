/**
 * @file One set-up at a time: the second one waits for the first.
 *
 * The lock is the system's own (flock(2)), held by a small process that lives as long as its set-up does. So there is
 * no dead lock to take over: the system lets go of it, whoever held it and however that ended, and no process id is
 * ever taken for another's, be it of a former start, another container or another machine that shares the folder.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endGroup } from './processes.mjs'
import { SetupError, SetupInterrupted } from './setup-error.mjs'

const keeperScript = join(dirname(fileURLToPath(import.meta.url)), 'keep-lock.sh')

/** What `flock` is told to exit with where another process holds the lock; its own codes begin at 64. */
const heldByAnother = 33

/**
 * @typedef {object} Lock
 * @property {(processGroup: number) => void} guard should this process die, the process group is ended before the lock
 *   is free
 * @property {(processGroup: number) => void} unguard the process group has ended
 * @property {() => Promise<void>} release resolves once the lock is free; harmless when repeated
 */

/**
 * @param {string} path of the lock file, which stays: removing it would let two lock two files of one name
 * @param {{ signal: AbortSignal, onWait: (owner: string) => void }} options `onWait` hears who holds the lock
 * @returns {Promise<Lock>}
 * @throws {SetupError | SetupInterrupted}
 */
export async function acquireLock(path, { signal, onWait }) {
  mkdirSync(dirname(path), { recursive: true })
  let keeper = await startKeeper(path, ['--nonblock', '--conflict-exit-code', String(heldByAnother)], signal)
  if (keeper === undefined) {
    onWait(lockOwner(path))
    keeper = await startKeeper(path, [], signal)
  }
  if (keeper === undefined) throw new SetupError(`${path} could not be locked; start again.`)
  return lockOf(keeper)
}

/**
 * @param {string} path
 * @param {readonly string[]} flags
 * @param {AbortSignal} signal
 * @returns {Promise<Keeper | undefined>} undefined where another process holds the lock
 */
function startKeeper(path, flags, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new SetupInterrupted())
      return
    }
    // A process group of its own: the terminal's Ctrl+C must not free the lock while the tools are being stopped.
    const owner = `process ${String(process.pid)} on ${hostname()}`
    const keep = [path, 'sh', keeperScript, path, owner]
    const child = spawn('flock', [...flags, ...keep], { detached: true, stdio: 'pipe' })
    const stop = () => {
      if (child.pid !== undefined) endGroup(child.pid)
    }
    signal.addEventListener('abort', stop, { once: true })
    const settle = () => {
      signal.removeEventListener('abort', stop)
    }
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (said += text))
    child.stdin.on('error', () => {
      // The keeper was ended from outside. What is being set up appears by renames, lock or not.
    })
    const ended = new Promise((done) => child.once('close', done))
    child.stdout.once('data', () => {
      settle()
      resolve({ stdin: child.stdin, ended })
    })
    child.once('error', () => {
      settle()
      reject(new SetupError('flock was not found: install util-linux, then start again.'))
    })
    child.once('close', (code) => {
      settle()
      if (signal.aborted) reject(new SetupInterrupted())
      else if (code === heldByAnother) resolve(undefined)
      else reject(new SetupError(`${path} could not be locked (${said.trim()}): start again.`))
    })
  })
}

/** @typedef {{ stdin: import('node:stream').Writable, ended: Promise<unknown> }} Keeper */

/**
 * @param {Keeper} keeper
 * @returns {Lock}
 */
function lockOf({ stdin, ended }) {
  /** @type {Set<number>} */
  const guarded = new Set()
  const tell = () => stdin.write(`${[...guarded].join(' ')}\n`)
  return {
    guard(processGroup) {
      guarded.add(processGroup)
      tell()
    },
    unguard(processGroup) {
      guarded.delete(processGroup)
      tell()
    },
    async release() {
      stdin.end()
      await ended
    },
  }
}

/** @param {string} path */
function lockOwner(path) {
  const owner = readFileSync(path, 'utf8').trim()
  return owner === '' ? 'another process' : owner
}
