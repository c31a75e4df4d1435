/**
 * @file Writes a file whole or not at all: staged beside its place, flushed to the disk, then renamed.
 *
 * [Note: Short writes] On a disk that is nearly full the system writes the part that fits and reports success.
 * The package write-file-atomic takes such a part for the whole and renames it over the good file, so it is
 * unfit for pictures and checkpoints; a FileHandle's writeFile goes on until all is written or an error is thrown.
 */
import { open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { outputError } from './file-errors'
import { isProcessAlive } from './process-identity'

const stagedName = /^\.impasto-(\d+)-\d+\.part$/
let stagedCount = 0

/** The staged name does not contain the file's own, which may already be as long as the disk allows. */
function stagedPathBeside(path: string): string {
  stagedCount += 1
  return join(dirname(path), `.impasto-${String(process.pid)}-${String(stagedCount)}.part`)
}

export interface WriteOptions {
  /** Whether a file that is there already may be replaced; if not, `output-exists` is thrown. */
  readonly replace: boolean
}

/**
 * Writes `data` to `path`. Whatever happens, `path` then holds either all of it or what it held before.
 *
 * @throws ImpastoError `disk-full`, `output-exists`, `output-unwritable`
 */
export async function writeAtomically(
  path: string,
  data: Uint8Array | string,
  { replace }: WriteOptions = { replace: true },
): Promise<void> {
  try {
    const target = replace ? await realpath(path).catch(() => path) : path
    await stageAndRename(target, data, replace)
  } catch (error) {
    throw outputError(error, path)
  }
}

async function stageAndRename(path: string, data: Uint8Array | string, replace: boolean): Promise<void> {
  const staged = stagedPathBeside(path)
  try {
    await writeAndFlush(staged, data)
    if (replace) await rename(staged, path)
    else await renameToNewName(staged, path)
  } finally {
    await rm(staged, { force: true })
  }
  await flushFolder(dirname(path))
}

async function writeAndFlush(path: string, data: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(data)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename replaces silently, so the name is claimed first, which fails where it is taken. */
async function renameToNewName(staged: string, path: string): Promise<void> {
  await (await open(path, 'wx')).close()
  try {
    await rename(staged, path)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Makes the new name itself survive a power cut, on the systems where a folder can be flushed. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/**
 * Tries whether a file can be made beside `path`. Permissions alone do not tell: an administrator has them all,
 * also on disks that take no files.
 *
 * @throws ImpastoError `output-folder-missing`, `output-unwritable`, `disk-full`
 */
export async function tryToWriteBeside(path: string): Promise<void> {
  const staged = stagedPathBeside(path)
  try {
    await (await open(staged, 'wx')).close()
    await rm(staged)
  } catch (error) {
    throw outputError(error, path)
  }
}

/** Removes what processes that were killed in the middle of a write left in `folder`. */
export async function sweepStagedFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const processId = stagedName.exec(name)?.[1]
    if (processId !== undefined && !isProcessAlive(Number(processId))) {
      await rm(join(folder, name), { force: true })
    }
  }
}
