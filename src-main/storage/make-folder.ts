/** @file Makes a folder and those above it. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { outputError, systemErrorCode } from './file-errors'

/** Pictures are their maker's own affair, also on a machine that others use. */
const FOR_ITS_USER_ALONE = 0o700

/**
 * Makes `folder` where it is missing. Node's own recursive `mkdir` never returns where the system makes no folders
 * and says that their parent is missing, as below /proc.
 *
 * @throws ImpastoError `disk-full`, `output-exists` where a file has its name, `output-unwritable`
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw outputError(error, folder)
    const reason = 'no folder can be made there'
    throw new ImpastoError('output-unwritable', { path: folder, reason }, { cause: error })
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
