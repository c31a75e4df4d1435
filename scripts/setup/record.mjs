/** @file What set-up has done, as one JSON file that set-up, `doctor`, the window and the tests read. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from './project.mjs'

/**
 * @typedef {object} SetupRecord
 * @property {{ path: string, version: string }} [node] the Node that runs the engine
 * @property {string} [lockHash] sha256 of the lock file that `node_modules` was installed from
 * @property {{ version: string, origin: string, folder: string, sha256: string }} [tensorflow] sha256 of the wheel
 * @property {{ path: string, builtWith: string, sha256: string }} [binding]
 * @property {{ version: string, origin: 'official' | 'copy', path: string, source: string }} [electron]
 * @property {string} [buildHash] sha256 over the sources and configurations that `out/` was built from
 */

/** @param {string} root */
export function recordPath(root) {
  return join(stateFolder(root), 'setup.json')
}

/**
 * What the tools of the last set-up wrote.
 *
 * @param {string} root
 */
export function setupLogPath(root) {
  return join(stateFolder(root), 'setup.log')
}

/**
 * An absent or unreadable record is an empty one: set-up then looks at everything again.
 *
 * @param {string} root
 * @returns {SetupRecord}
 */
export function readRecord(root) {
  try {
    return /** @type {SetupRecord} */ (JSON.parse(readFileSync(recordPath(root), 'utf8')))
  } catch {
    return {}
  }
}

/**
 * @param {string} root
 * @param {SetupRecord} record
 */
export function writeRecord(root, record) {
  const path = recordPath(root)
  const staged = `${path}.${String(process.pid)}`
  mkdirSync(stateFolder(root), { recursive: true })
  writeFileSync(staged, `${JSON.stringify(record, undefined, 2)}\n`)
  renameSync(staged, path)
}
