/** @file A stage of the checks: what it runs, and how its outcome is counted. */
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess } from '../setup/processes.mjs'

/**
 * @typedef {object} StageResult
 * @property {number} passed
 * @property {number} failed
 * @property {string} output shown in full when anything failed
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {(signal: AbortSignal) => Promise<StageResult>} run
 */

/**
 * A stage that passes or fails as a whole.
 *
 * @param {string} root
 * @param {string} name
 * @param {readonly [string, ...string[]]} command a command of the installed packages, and its arguments
 * @returns {Stage}
 */
export function commandStage(root, name, [command, ...args]) {
  return {
    name,
    async run(signal) {
      const { code, output } = await runPackageCommand(root, [command, ...args], { signal })
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output }
    },
  }
}

/**
 * Runs a command of an installed package with one Node, by default this one, whatever the path holds.
 *
 * @param {string} root
 * @param {readonly [string, ...string[]]} command
 * @param {Omit<import('../setup/processes.mjs').ProcessOptions, 'cwd'> & { node?: string }} options
 */
export async function runPackageCommand(root, [command, ...args], { node = process.execPath, ...options }) {
  const script = realpathSync(join(root, 'node_modules/.bin', command))
  return await runProcess(node, [script, ...args], { cwd: root, ...options })
}
