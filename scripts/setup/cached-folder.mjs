/**
 * @file The folders of the cache that all checkouts share. Nothing half-made is ever trusted: a folder is made in a
 * scratch folder, verified there, and appears under its final name by one rename, with an inventory of its files by
 * which it can be verified later.
 */
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sha256 } from './hashes.mjs'
import { alteredFiles, isInventory, takeInventory } from './inventory.mjs'
import { acquireLock } from './lock.mjs'

const inventoryName = 'files.json'
const scratchPrefix = 'scratch-'

/**
 * @param {string} cache
 * @param {string} name
 * @param {readonly string[]} ingredients all that the contents depend on, so that other contents get another folder
 */
export function cachedFolder(cache, name, ingredients) {
  // The inventory is one of the contents: folders of the time before it have other names.
  return join(cache, `${name}-${sha256([...ingredients, inventoryName].join(' ')).slice(0, 12)}`)
}

/**
 * Sees to it that the folder `target` is there, whole and unaltered. Where it is not, `make` makes it in a scratch
 * folder beside it.
 *
 * @param {string} target
 * @param {(scratch: string) => Promise<string>} make returns the finished, verified folder, inside the scratch folder
 * @param {Pick<import('./steps.mjs').StepContext, 'signal' | 'say'>} context
 * @returns {Promise<import('./inventory.mjs').Inventory>} of its files
 */
export async function provideFolder(target, make, context) {
  return (
    (await intactInventory(target)) ??
    (await withScratchFolder(dirname(target), context, async (scratch) => {
      // Another checkout may have made it while this one waited for its turn.
      const made = await intactInventory(target)
      if (made) return made
      if (existsSync(target))
        context.say(`${basename(target)} in the cache was damaged, so it is made again.`)
      const folder = await make(scratch)
      const inventory = await takeInventory(folder)
      writeFileSync(join(folder, inventoryName), JSON.stringify(inventory))
      rmSync(target, { recursive: true, force: true })
      renameSync(folder, target)
      return inventory
    }))
  )
}

/**
 * Gives `use` a fresh scratch folder in `cache`, which is removed in every case. One set-up has its turn at a time, so
 * whatever scratch folders are found were left by set-ups that were killed.
 *
 * @template Result
 * @param {string} cache
 * @param {Pick<import('./steps.mjs').StepContext, 'signal' | 'say'>} context
 * @param {(scratch: string) => Promise<Result>} use
 */
export async function withScratchFolder(cache, { signal, say }, use) {
  const lock = await acquireLock(join(cache, 'cache.lock'), {
    signal,
    onWait: (owner) => {
      say(`Waiting for what the set-up of ${owner} is putting into the cache.`)
    },
  })
  const scratch = join(cache, `${scratchPrefix}${randomBytes(6).toString('hex')}`)
  try {
    for (const name of readdirSync(cache).filter((each) => each.startsWith(scratchPrefix)))
      rmSync(join(cache, name), { recursive: true, force: true })
    mkdirSync(scratch)
    return await use(scratch)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
    await lock.release()
  }
}

/**
 * @param {string} folder
 * @returns {Promise<import('./inventory.mjs').Inventory | undefined>} undefined where anything is missing or altered
 */
async function intactInventory(folder) {
  const expected = readInventory(join(folder, inventoryName))
  const actual = await takeInventory(folder, Object.keys(expected))
  return Object.keys(expected).length > 0 && alteredFiles(expected, actual).length === 0 ? actual : undefined
}

/**
 * @param {string} path
 * @returns {import('./inventory.mjs').Inventory} empty where there is none
 */
function readInventory(path) {
  try {
    const read = /** @type {unknown} */ (JSON.parse(readFileSync(path, 'utf8')))
    return isInventory(read) ? read : {}
  } catch {
    return {}
  }
}

/**
 * @param {string} folder
 * @returns {number} bytes in all files below `folder`; files that vanish meanwhile count as nothing
 */
export function folderSize(folder) {
  let bytes = 0
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      bytes += entry.isDirectory() ? folderSize(path) : statSync(path).size
    }
  } catch {
    return bytes
  }
  return bytes
}
