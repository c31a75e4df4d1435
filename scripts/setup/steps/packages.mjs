/** @file The npm packages, exactly as the lock file names them. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sha256 } from '../hashes.mjs'
import { SetupError } from '../setup-error.mjs'

/** @type {import('../steps.mjs').Step} */
export const packages = {
  name: 'packages',
  title: 'Installing the npm packages',
  weight: 20,

  isDone({ root, record }) {
    return isInstalled(root, record)
  },

  async run({ root, run, report }) {
    if (!isInstalled(root, {})) await install(root, run, report)
    return { lockHash: sha256(readFileSync(join(root, 'package-lock.json'))) }
  },
}

/**
 * @param {string} root
 * @param {import('../record.mjs').SetupRecord} record
 */
function isInstalled(root, record) {
  const hidden = readLock(join(root, 'node_modules/.package-lock.json'))
  if (hidden === undefined || !areThere(root, hidden)) return false
  const lockFile = join(root, 'package-lock.json')
  if (record.lockHash === sha256(readFileSync(lockFile))) return true
  const lock = readLock(lockFile)
  return lock !== undefined && isInstalledAsLocked(lock, hidden)
}

/**
 * Whether nobody deleted a package since: some ten milliseconds for all of them.
 *
 * @param {string} root
 * @param {Lock} hidden
 */
function areThere(root, hidden) {
  return Object.keys(hidden.packages).every((path) => existsSync(join(root, path, 'package.json')))
}

/**
 * @param {string} root
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} report
 */
async function install(root, run, report) {
  const [command, npmArguments] = npmCommand()
  // npm says nothing about its progress off a terminal; with this level it names each package once it arrives.
  const lock = readLock(join(root, 'package-lock.json'))
  if (lock === undefined) {
    throw new SetupError(
      'package-lock.json cannot be read: restore it (git checkout package-lock.json), then start again.',
    )
  }
  const expected = Object.keys(lock.packages).length
  let fetched = 0
  const { code, found } = await run(command, [...npmArguments, 'ci', '--include=dev', '--loglevel=http'], {
    cwd: root,
    onOutput: (text) => {
      fetched += text.split('fetch GET').length - 1
      report(Math.min(fetched / expected, 0.95))
    },
  })
  if (!found) {
    throw new SetupError(
      'npm was not found: install Node.js 20.19 or newer together with npm, then start again.',
    )
  }
  if (code !== 0) {
    throw new SetupError(
      'npm could not install the packages of the lock file: check that its registry can be reached, then start again.',
    )
  }
}

/**
 * The npm that started this script, else the one on the path.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {[command: string, args: string[]]}
 */
export function npmCommand(environment = process.env) {
  const script = environment.npm_execpath
  return script && basename(script) === 'npm-cli.js' && existsSync(script)
    ? [process.execPath, [script]]
    : ['npm', []]
}

/**
 * @typedef {object} Lock
 * @property {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} packages
 */

/**
 * @param {string} path
 * @returns {Lock | undefined} undefined where there is no lock file, or a damaged one
 */
function readLock(path) {
  try {
    const lock = /** @type {{ packages?: Record<string, unknown> } | null} */ (
      JSON.parse(readFileSync(path, 'utf8'))
    )
    const packages = Object.values(lock?.packages ?? {})
    const isWhole = packages.length > 0 && packages.every((each) => typeof each === 'object' && each !== null)
    return isWhole ? /** @type {Lock} */ (lock) : undefined
  } catch {
    return undefined
  }
}

/**
 * npm writes the hidden lock file as its last act, so one that matches means that the installation was finished,
 * whoever started it. Optional packages may be absent: most are for other systems.
 *
 * @param {Lock} lock
 * @param {Lock} hidden
 */
export function isInstalledAsLocked(lock, hidden) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '')
  const isWanted = new Set(wanted.map(([path]) => path))
  return (
    Object.keys(hidden.packages).every((path) => isWanted.has(path)) &&
    wanted.every(([path, { version, integrity, optional }]) => {
      const installed = hidden.packages[path]
      return installed
        ? installed.version === version && installed.integrity === integrity
        : optional === true
    })
  )
}
