/** @file Whether a picture lies where it was saved, as far as the disk lets anybody tell. */
import { readdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemErrorCode } from './file-errors'

/**
 * - `there`: it lies there
 * - `gone`: its folder is there and can be read, and the picture is not in it
 * - `unknown`: its folder is not there or cannot be read: the disk may be away
 */
export type PicturePlace = 'there' | 'gone' | 'unknown'

export async function picturePlace(path: string): Promise<PicturePlace> {
  try {
    await stat(path)
    return 'there'
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') return 'unknown'
    const folder = await readdir(dirname(path)).catch(() => null)
    return folder === null ? 'unknown' : 'gone'
  }
}
