/** @file Makes a folder and those above it. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { outputError, systemErrorCode } from './file-errors'

/** Pictures are their maker's own affair, also on a machine that others use. */
const FOR_ITS_USER_ALONE = 0o700

/**
 * Makes `folder` where it is missing. Node's own recursive `mkdir` never returns where the system makes no folders
 * and says that their parent is missing, as below /proc.
 *
 * @throws ImpastoError `disk-full`, `output-unwritable`, `output-folder-missing`
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder)
  } catch (error) {
    throw outputError(error, folder)
  }
}

async function makeWithParents(folder: string): Promise<void> {
  try {
    await mkdir(folder, FOR_ITS_USER_ALONE)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT' && dirname(folder) !== folder) {
      await makeWithParents(dirname(folder))
      await mkdir(folder, FOR_ITS_USER_ALONE).catch(unlessMadeMeanwhile)
    } else if (!(await isFolder(folder))) {
      throw error
    }
  }

  async function unlessMadeMeanwhile(error: unknown): Promise<void> {
    if (!(await isFolder(folder))) throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true
}
