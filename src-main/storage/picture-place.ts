/** @file Whether a picture lies where it was saved, as far as the disk lets anybody tell. */
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemErrorCode } from './file-errors'
import type { Library } from './library'
import { askDisk } from './outside-disks'

/**
 * - `there`: it lies there
 * - `gone`: its folder is there and can be read, and the picture is not in it
 * - `unknown`: its folder is not there, cannot be read or does not answer: the disk may be away. An empty folder may be
 *   where a disk appears that is away; the library's own is no such place.
 */
export type PicturePlace = 'there' | 'gone' | 'unknown'

export async function picturePlace(path: string, library: Library): Promise<PicturePlace> {
  return askDisk(dirname(path), () => look(path, library), 'unknown')
}

async function look(path: string, library: Library): Promise<PicturePlace> {
  try {
    await stat(path)
    return 'there'
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') return 'unknown'
    const names = await readdir(dirname(path)).catch(() => null)
    if (names === null) return 'unknown'
    return names.length > 0 || (await isOwnFolder(dirname(path), library)) ? 'gone' : 'unknown'
  }
}

/** By no link, which may lead to a disk that is away. */
async function isOwnFolder(folder: string, { folder: library, pictures }: Library): Promise<boolean> {
  const [place, own] = await Promise.all([folder, library].map((path) => realpath(path).catch(() => null)))
  return own !== null && own !== undefined && place === join(own, basename(pictures))
}
