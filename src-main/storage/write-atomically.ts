/**
 * @file Writes a file whole or not at all: staged beside its place, flushed to the disk, then renamed.
 *
 * [Note: Short writes] On a disk that is nearly full the system writes the part that fits and reports success.
 * The package write-file-atomic takes such a part for the whole and renames it over the good file, so it is
 * unfit for pictures and checkpoints; a FileHandle's writeFile goes on until all is written or an error is thrown.
 */
import { randomBytes } from 'node:crypto'
import { copyFile, link, lstat, open, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { outputError, systemErrorCode } from './file-errors'
import { sweepLeftovers } from './leftovers'
import { identityOf, tagOf } from './process-identity'

const stagedName = /^\.impasto-[0-9a-f]{16}-(.+)\.part$/

/** The staged name does not contain the file's own, which may already be as long as the disk allows. */
function stagedPathBeside(path: string): string {
  const unique = randomBytes(8).toString('hex')
  return join(dirname(path), `.impasto-${unique}-${tagOf(identityOf(process.pid))}.part`)
}

export interface WriteOptions {
  /** Whether a file that is there already may be replaced; if not, `output-exists` is thrown. */
  readonly replace: boolean
}

export interface FileToWrite extends WriteOptions {
  readonly path: string
  readonly data: Uint8Array | string
  /** What becomes of a link under that name: it stays, and what it leads to is written, or it is replaced itself. */
  readonly links: 'follow' | 'replace'
  /** When what it holds was last changed, where that is not now; a disk may refuse it. */
  readonly changed?: Date
}

/**
 * Writes `data` to `path`. Whatever happens, `path` then holds either all of it or what it held before.
 *
 * @throws ImpastoError `disk-full`, `output-exists`, `output-folder-missing`, `output-unwritable`
 */
export async function writeAtomically(
  path: string,
  data: Uint8Array | string,
  { replace }: WriteOptions = { replace: true },
): Promise<void> {
  await writeTogether([{ path, data, replace, links: 'follow' }])
}

interface StagedFile extends FileToWrite {
  /** Where its data lie until they take its name. */
  readonly staged: string
  /** The name that they take: its own, or that of the file which a link leads to. */
  readonly target: string
}

/**
 * Writes files that belong together. All are whole on the disk before the first takes its name, and they take their
 * names in the order given: a disk that fills up leaves everything as it was, and a process that is killed never leaves
 * a later file without those before it. Where one cannot take its name, those before it are given back what they held.
 *
 * @throws ImpastoError `disk-full`, `output-exists`, `output-folder-missing`, `output-unwritable`
 */
export async function writeTogether(files: readonly FileToWrite[]): Promise<void> {
  const stagedFiles: StagedFile[] = []
  try {
    for (const file of files) {
      const target = file.links === 'follow' && file.replace ? await targetOf(file.path) : file.path
      const stagedFile = { ...file, target, staged: stagedPathBeside(target) }
      stagedFiles.push(stagedFile)
      await naming(file.path, () => writeAndFlush(stagedFile.staged, file))
    }
    await takeNames(stagedFiles)
  } finally {
    for (const { staged } of stagedFiles) await rm(staged, { force: true }).catch(() => undefined)
  }
  for (const folder of new Set(stagedFiles.map(({ target }) => dirname(target)))) await flushFolder(folder)
}

/** What a link leads to; the path itself where it is none, or leads nowhere. */
export async function targetOf(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

async function naming(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw outputError(error, path)
  }
}

async function takeNames([first, ...others]: readonly StagedFile[]): Promise<void> {
  if (first === undefined) return
  const former = others.length === 0 ? null : await keptBeside(first)
  try {
    await naming(first.path, () => takeName(first))
    try {
      await takeNames(others)
    } catch (error) {
      if (former === null) await rm(first.target, { force: true })
      else await rename(former, first.target)
      throw error
    }
  } finally {
    if (former !== null) await rm(former, { force: true })
  }
}

/** A second name for the file that will be replaced, from which it can be given back; null where there is none. */
async function keptBeside({ path, target, replace }: StagedFile): Promise<string | null> {
  if (!replace || (await lstat(target).catch(() => null)) === null) return null
  const kept = stagedPathBeside(target)
  await naming(path, () => link(target, kept).catch(() => copyFile(target, kept)))
  return kept
}

async function writeAndFlush(path: string, { data, changed }: FileToWrite): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(data)
    // Some disks keep no times that they are told; what the file holds is worth more.
    if (changed !== undefined) await file.utimes(new Date(), changed).catch(() => undefined)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function takeName({ staged, target, replace }: StagedFile): Promise<void> {
  if (replace) await rename(staged, target)
  else await renameToNewName(staged, target)
}

/**
 * A rename replaces silently; a second name for the staged file fails where it is taken. Where the disk has no such
 * names (FAT), the name is claimed by an empty file first.
 */
async function renameToNewName(staged: string, path: string): Promise<void> {
  try {
    await link(staged, path)
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') throw error
    await claimAndRename(staged, path)
  }
}

async function claimAndRename(staged: string, path: string): Promise<void> {
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

/** Removes what processes that were killed in the middle of a write left in `folder`. Never rejects. */
export async function sweepStagedFiles(folder: string): Promise<void> {
  await sweepLeftovers(folder, stagedName)
}
