/**
 * @file What a folder holds, file by file, so that a changed byte is noticed: sizes and times tell cheaply at each
 * start that nobody wrote there, the hashes tell for certain when set-up or `doctor` takes the time to compare them.
 */
import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { sha256, sha256OfFile } from './hashes.mjs'

/**
 * @typedef {object} InventoryEntry
 * @property {number} size bytes
 * @property {number} modified whole milliseconds since 1970
 * @property {string} sha256 of a link, the hash of the path that it names
 */

/** @typedef {Readonly<Record<string, InventoryEntry>>} Inventory by the files' paths in their folder */

/**
 * Reads every byte: some 2 s for a gigabyte.
 *
 * @param {string} folder
 * @param {readonly string[]} [names] of its files, all of them where left out; those that cannot be read are missing
 *   in the inventory
 * @returns {Promise<Inventory>}
 */
export async function takeInventory(folder, names = fileNames(folder)) {
  /** @type {Record<string, InventoryEntry>} */
  const inventory = {}
  for (const name of names) {
    const entry = await takeEntry(join(folder, name))
    if (entry) inventory[name] = entry
  }
  return inventory
}

/**
 * @param {string} path
 * @returns {Promise<InventoryEntry | undefined>}
 */
async function takeEntry(path) {
  try {
    const stats = lstatSync(path)
    const hash = stats.isSymbolicLink() ? sha256(readlinkSync(path)) : await sha256OfFile(path)
    return { size: stats.size, modified: Math.floor(stats.mtimeMs), sha256: hash }
  } catch {
    return undefined
  }
}

/**
 * Whether all files of the inventory are there with their sizes and times; a few milliseconds.
 *
 * @param {string} folder
 * @param {Inventory} inventory
 */
export function looksUntouched(folder, inventory) {
  try {
    return Object.entries(inventory).every(([name, { size, modified }]) => {
      const found = lstatSync(join(folder, name))
      return found.size === size && Math.floor(found.mtimeMs) === modified
    })
  } catch {
    return false
  }
}

/**
 * @param {Inventory} expected
 * @param {Inventory} actual
 * @returns {string[]} the files that are missing or hold other bytes
 */
export function alteredFiles(expected, actual) {
  return Object.keys(expected).filter((name) => expected[name]?.sha256 !== actual[name]?.sha256)
}

/**
 * @param {string} folder
 * @returns {string[]} sorted
 */
function fileNames(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/**
 * Whether that was an inventory before it was written and read; an empty one vouches for nothing and is none.
 *
 * @param {unknown} value
 * @returns {value is Inventory}
 */
export function isInventory(value) {
  if (typeof value !== 'object' || value === null) return false
  const entries = /** @type {readonly (Partial<InventoryEntry> | null)[]} */ (Object.values(value))
  return entries.length > 0 && entries.every((entry) => typeof entry?.sha256 === 'string')
}
