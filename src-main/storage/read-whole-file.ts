/** @file Reads a file of any size. */
import { open, type FileHandle } from 'node:fs/promises'
import { inputError } from './file-errors'

/** The system reads at most 2 GiB at once. */
const PART_BYTES = 2 ** 30

/**
 * The bytes of `path`. Node's `readFile` refuses files over 2 GiB, and the checkpoint of a painting of 2048 × 2048 px
 * takes 3 GB.
 *
 * @throws ImpastoError `file-missing`, `not-a-file`, `file-unreadable`
 */
export async function readWholeFile(path: string, partBytes = PART_BYTES): Promise<Uint8Array> {
  try {
    const file = await open(path)
    try {
      return await readParts(file, partBytes)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw inputError(error, path)
  }
}

/** All that there is: a file that became shorter meanwhile gives what is left of it. */
async function readParts(file: FileHandle, partBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array((await file.stat()).size)
  let position = 0
  while (position < bytes.length) {
    const length = Math.min(partBytes, bytes.length - position)
    const { bytesRead } = await file.read(bytes, position, length, position)
    if (bytesRead === 0) break
    position += bytesRead
  }
  return bytes.subarray(0, position)
}
