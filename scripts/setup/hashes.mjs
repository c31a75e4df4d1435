/** @file The sha256 hashes by which downloads and results are told apart, in hexadecimal. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { SetupError } from './setup-error.mjs'

/** @param {string | Buffer} data */
export function sha256(data) {
  return createHash('sha256').update(data).digest('hex')
}

/**
 * Streams, for files of hundreds of megabytes.
 *
 * @param {string} path
 */
export async function sha256OfFile(path) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(/** @type {Buffer} */ (chunk))
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @param {string} expected
 * @throws {SetupError} when the file is another one
 */
export async function verifyHash(path, expected) {
  const actual = await sha256OfFile(path)
  if (actual === expected) return
  throw new SetupError(
    `The downloaded ${basename(path)} is not the pinned file (sha256 ${actual} instead of ${expected}); ` +
      'start again, and if this repeats do not trust the package registry that sent it.',
  )
}
