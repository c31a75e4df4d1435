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
    return { lockHash: sha256(readFileSync(join(root, 'package-lock.json'), 'utf8')) }
  },
}

/**
 * @param {string} root
 * @param {import('../record.mjs').SetupRecord} record
 */
function isInstalled(root, record) {
  const hidden = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  if (record.lockHash === sha256(lockText)) return true
  return isInstalledAsLocked(JSON.parse(lockText), JSON.parse(readFileSync(hidden, 'utf8')))
}

/**
 * @param {string} root
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} report
 */
async function install(root, run, report) {
  const [command, npmArguments] = npmCommand()
  // npm says nothing about its progress off a terminal; with this level it names each package once it arrives.
  const expected = Object.keys(readLock(root).packages).length
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
 * @param {string} root
 * @returns {Lock}
 */
function readLock(root) {
  return /** @type {Lock} */ (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
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
