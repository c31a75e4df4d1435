/** @file What set-up has done, as one JSON file that set-up, `doctor`, the window and the tests read. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isInventory } from './inventory.mjs'
import { stateFolder } from './project.mjs'

/** @typedef {import('./inventory.mjs').Inventory} Inventory by its files a part is verified */

/**
 * @typedef {object} SetupRecord
 * @property {{ path: string, version: string }} [node] the Node that runs the engine
 * @property {string} [cache] the cache folder that the checkout keeps, whoever starts it
 * @property {string} [lockHash] sha256 of the lock file that `node_modules` was installed from
 * @property {{ version: string, origin: string, folder: string, sha256: string, files: Inventory }} [tensorflow] sha256
 *   of the wheel
 * @property {{ folder: string, builtWith: string, files: Inventory }} [binding]
 * @property {{ version: string, origin: 'official' | 'copy', folder: string, path: string, source: string, files: Inventory }} [electron]
 *   `path` of the executable
 * @property {string} [buildHash] sha256 over the sources and configurations that `out/` was built from
 */

/** The texts that a part of the record is made of. */
const textsOfParts = {
  node: ['path', 'version'],
  tensorflow: ['version', 'origin', 'folder', 'sha256'],
  binding: ['folder', 'builtWith'],
  electron: ['version', 'origin', 'folder', 'path', 'source'],
}
const partsWithFiles = ['tensorflow', 'binding', 'electron']
const textParts = ['cache', 'lockHash', 'buildHash']

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
 * What is absent or damaged counts as not done: set-up then looks at it again.
 *
 * @param {string} root
 * @returns {SetupRecord}
 */
export function readRecord(root) {
  try {
    const read = /** @type {unknown} */ (JSON.parse(readFileSync(recordPath(root), 'utf8')))
    const parts = isObject(read) ? Object.entries(read).filter(([name, part]) => isWhole(name, part)) : []
    return Object.fromEntries(parts)
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
  const half = `${path}.${randomBytes(6).toString('hex')}`
  mkdirSync(stateFolder(root), { recursive: true })
  try {
    writeFileSync(half, `${JSON.stringify(record, undefined, 2)}\n`)
    renameSync(half, path)
  } finally {
    rmSync(half, { force: true })
  }
}

/**
 * @param {string} name
 * @param {unknown} part
 */
function isWhole(name, part) {
  if (textParts.includes(name)) return typeof part === 'string'
  const texts = Object.entries(textsOfParts).find(([known]) => known === name)?.[1]
  return (
    texts !== undefined &&
    isObject(part) &&
    texts.every((text) => typeof part[text] === 'string') &&
    (!partsWithFiles.includes(name) || isInventory(part.files))
  )
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null
}
