/** @file Where things lie: the project itself, what set-up notes about it, and the cache that all checkouts share. */
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * The 850 MB of TensorFlow and Electron lie outside `node_modules`, so that a fresh `npm ci` or a second
 * checkout does not pay for them again.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function cacheFolder(environment = process.env) {
  const base = environment.XDG_CACHE_HOME
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'impasto')
}

/** @param {string} path */
export function isReadableFolder(path) {
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * What set-up knows about the project, git-ignored.
 *
 * @param {string} root
 */
export function stateFolder(root) {
  return join(root, '.cache')
}
