/** @file The library: the folder where the program keeps runs, paintings and settings. */
import { lstat, readdir } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import envPaths from 'env-paths'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { makeFolder } from './make-folder'
import { targetOf } from './write-atomically'

export interface Library {
  readonly folder: string
  /** One folder a run, named by its id. */
  readonly runs: string
  /** What those hold, in one file (see [Note: Never the only truth]). */
  readonly runIndex: string
  /** Paintings made in the window, until they are saved elsewhere. */
  readonly pictures: string
  /** Copies of pictures for the screen. */
  readonly screen: string
  readonly settings: string
  /** What lay on the window's desk. */
  readonly desk: string
  /** The folder of the jobs that wait for their turn: a process holds the lock in it. */
  readonly queue: string
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
    runIndex: join(folder, 'runs.json'),
    pictures: join(folder, 'pictures'),
    screen: join(folder, 'screen'),
    settings: join(folder, 'settings.json'),
    desk: join(folder, 'desk.json'),
    queue: join(folder, 'queue'),
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

/**
 * Refuses a folder of the library as a place for what a person wants to keep, by whatever name or link it is reached:
 * the program deletes there what it does not need any more. Its folder of pictures is made for that.
 *
 * @throws ImpastoError `folder-of-library`
 */
export async function checkFolderForPictures(library: Library, folder: string): Promise<void> {
  const place = await targetOf(folder)
  if (isWithin(place, await targetOf(library.pictures))) return
  if (isWithin(place, await targetOf(library.folder))) {
    throw new ImpastoError('folder-of-library', { path: folder })
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep)
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
