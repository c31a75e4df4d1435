/**
 * @file Tools that outlived a set-up which was killed: an orphaned `npm ci` would go on writing into the folder that
 * the next one fills. They are known by a variable in their environment, which no unrelated process has.
 */
import { readFileSync, readdirSync } from 'node:fs'

const markName = 'IMPASTO_SETUP_OF'

/**
 * @param {string} root the project's folder
 * @returns {Record<string, string>} for the environment of every tool that set-up runs
 */
export function toolMark(root) {
  return { [markName]: root }
}

/**
 * Ends the tools that a dead set-up of `root` has left.
 *
 * @param {string} root
 * @returns {number[]} the processes ended
 */
export function endOrphans(root) {
  const mark = `${markName}=${root}`
  const orphans = readdirSync('/proc')
    .map(Number)
    .filter((processId) => processId !== process.pid && environmentOf(processId).includes(mark))
  for (const processId of orphans) end(processId)
  return orphans
}

/**
 * @param {number} processId
 * @returns {string[]} `NAME=value` each; none where the process is another user's or has ended
 */
function environmentOf(processId) {
  try {
    return readFileSync(`/proc/${String(processId)}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** @param {number} processId */
function end(processId) {
  try {
    process.kill(processId, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}
