/**
 * @file Nothing half-made is ever trusted: a thing is made in a stage folder, verified there, and appears under
 * its final name by one rename. Whatever an interrupted set-up leaves behind has a stage's name and is swept.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const stagePattern = /^stage-(\d+)-[0-9a-f]+$/

/**
 * Runs `make` in a stage folder beside `target` and renames the folder that it returns to `target`. The stage is
 * removed in every case. If another set-up was faster, its result stays: both are verified alike.
 *
 * @param {string} target
 * @param {(stage: string) => Promise<string>} make returns the finished, verified folder, the stage or one inside it
 */
export async function publish(target, make) {
  const stage = createStage(dirname(target))
  try {
    renameUnlessThere(await make(stage), target)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/**
 * @param {string} made
 * @param {string} target
 */
function renameUnlessThere(made, target) {
  try {
    renameSync(made, target)
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
}

/**
 * @param {string} folder
 * @returns {string} a fresh stage folder in `folder`, named by this process
 */
export function createStage(folder) {
  const stage = join(folder, `stage-${String(process.pid)}-${randomBytes(6).toString('hex')}`)
  mkdirSync(stage, { recursive: true })
  return stage
}

/**
 * Removes the stages of processes that no longer live.
 *
 * @param {string} folder
 * @returns {string[]} the names removed
 */
export function sweepStages(folder) {
  if (!existsSync(folder)) return []
  const stale = readdirSync(folder).filter((name) => {
    const processId = stagePattern.exec(name)?.[1]
    return processId !== undefined && !isAlive(Number(processId))
  })
  for (const name of stale) rmSync(join(folder, name), { recursive: true, force: true })
  return stale
}

/** @param {number} processId */
export function isAlive(processId) {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
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
