/** @file The SHA-256 of a file, by which pictures are recognised whatever they are called. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { inputError } from './file-errors'
import { regularFileSize } from './regular-file'

/**
 * The SHA-256 of the bytes of `path`, in hexadecimal.
 *
 * @throws ImpastoError `file-missing`, `file-unreadable`, `not-a-file`
 */
export async function hashFile(path: string): Promise<string> {
  await regularFileSize(path)
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (error) {
    throw inputError(error, path)
  }
  return hash.digest('hex')
}
