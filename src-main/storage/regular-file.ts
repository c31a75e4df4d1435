/** @file Refuses to read what is no file: a pipe waits for ever, a device such as /dev/zero never ends. */
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { inputError } from './file-errors'

/**
 * The size in bytes of the regular file at `path`, links followed.
 *
 * @throws ImpastoError `file-missing`, `file-unreadable`, `not-a-file`
 */
export async function regularFileSize(path: string): Promise<number> {
  let stats
  try {
    stats = await stat(path)
  } catch (error) {
    throw inputError(error, path)
  }
  if (!stats.isFile()) throw new ImpastoError('not-a-file', { path, kind: kindOf(stats) })
  return stats.size
}

function kindOf(stats: Stats): 'folder' | 'pipe' | 'socket' | 'device' {
  if (stats.isDirectory()) return 'folder'
  if (stats.isFIFO()) return 'pipe'
  return stats.isSocket() ? 'socket' : 'device'
}
