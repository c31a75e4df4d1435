/** @file One hash over many files, to notice whether anything changed since it was last taken. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * @param {string} root
 * @param {readonly string[]} paths files and folders, relative to `root`; absent ones count as empty
 * @param {(path: string) => boolean} [accepts] asked for each file found, with its path relative to `root`
 * @returns {string} sha256 in hexadecimal over names and contents, in sorted order
 */
export function fingerprint(root, paths, accepts = () => true) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap((each) => filesBelow(join(root, each))).sort()) {
    const name = relative(root, path)
    if (!accepts(name)) continue
    hash.update(`${name}\0`).update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)))
}
