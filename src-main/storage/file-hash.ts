/** @file The SHA-256 of files, by which pictures are recognised whatever they are called. */
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

/** The SHA-256 of `bytes`, in hexadecimal. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Whether two files hold the same.
 *
 * @throws ImpastoError `file-missing`, `file-unreadable`, `not-a-file`
 */
export async function holdSameBytes(one: string, other: string): Promise<boolean> {
  if ((await regularFileSize(one)) !== (await regularFileSize(other))) return false
  return (await hashFile(one)) === (await hashFile(other))
}
