/** @file Makes room for a file of the program where one lies that it cannot read: that is kept under another name. */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { outputError } from './file-errors'

/**
 * Gives what lies at `path` another name, which no later one takes from it, and returns that name; null where there is
 * nothing.
 *
 * @throws ImpastoError `output-unwritable` where it has to stay
 */
export async function setAside(path: string): Promise<string | null> {
  if (!existsSync(path)) return null
  const { dir, ext } = parse(path)
  const aside = `${beginningAside(path)}${new Date().toISOString().replace(/[:.]/g, '-')}${ext}`
  try {
    await rename(path, join(dir, aside))
    return aside
  } catch (error) {
    throw outputError(error, path)
  }
}

/** How the names of what was set aside of `path` begin. */
export function beginningAside(path: string): string {
  return `${parse(path).name}-set-aside-`
}
