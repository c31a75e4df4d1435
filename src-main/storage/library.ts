/** @file The library: the folder where the program keeps runs, paintings and settings. */
import { lstat, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { makeFolder } from './make-folder'

export interface Library {
  readonly folder: string
  /** One folder a run, named by its id. */
  readonly runs: string
  /** Paintings made in the window, until they are saved elsewhere. */
  readonly pictures: string
  /** Copies of pictures for the screen. */
  readonly screen: string
  readonly settings: string
  /** What lay on the window's desk. */
  readonly desk: string
}

/** The library of this user: `$IMPASTO_LIBRARY`, else the folder that the system has for a user's data. */
export function libraryOf(environment: { readonly IMPASTO_LIBRARY?: string | undefined }): Library {
  const chosen = environment.IMPASTO_LIBRARY
  return libraryAt(chosen ? resolve(chosen) : envPaths('impasto', { suffix: '' }).data)
}

export function libraryAt(folder: string): Library {
  return {
    folder,
    runs: join(folder, 'runs'),
    pictures: join(folder, 'pictures'),
    screen: join(folder, 'screen'),
    settings: join(folder, 'settings.json'),
    desk: join(folder, 'desk.json'),
  }
}

/**
 * Makes the library's folders where they are missing.
 *
 * @throws ImpastoError `disk-full`, `output-exists`, `output-unwritable`
 */
export async function prepareLibrary(library: Library): Promise<void> {
  for (const folder of [library.runs, library.pictures]) await makeFolder(folder)
}

/** Bytes of all files below `folder`; 0 where it is missing. Links are counted themselves, not followed. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    bytes += entry.isDirectory()
      ? await folderBytes(path)
      : ((await lstat(path).catch(() => null))?.size ?? 0)
  }
  return bytes
}
