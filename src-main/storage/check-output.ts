/** @file Checks, before any work is done, that a result can be saved where it shall go. */
import type { Stats } from 'node:fs'
import { lstat, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { OUTPUT_EXTENSIONS, outputFormatOf, type OutputFormat } from '../../src-shared/model/output-format'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import { outputError, systemErrorCode } from './file-errors'
import { originOfPicture, sidecarPath } from './sidecar'
import { sweepStagedFiles, targetOf, tryToWriteBeside } from './write-atomically'

export interface OutputRequest {
  readonly path: string
  /** Files that are read for this result and must survive it. */
  readonly inputs: readonly string[]
  readonly overwrite: StylizeJob['output']['overwrite']
  /** The run that makes the picture; `same-run` may replace what it saved before (see [Note: Known by its bytes]). */
  readonly runId: string | null
}

/**
 * The format that the picture will be saved in, once nothing is in the way of saving it and its sidecar.
 *
 * @throws ImpastoError `output-format-unsupported`, `output-folder-missing`, `output-is-input`, `output-exists`,
 *   `picture-changed`, `output-unwritable`, `disk-full`, `file-unreadable` where nobody can tell whose lies there
 */
export async function checkOutput(request: OutputRequest): Promise<OutputFormat> {
  const { path } = request
  const format = outputFormatOf(path)
  if (format === null) {
    throw new ImpastoError('output-format-unsupported', { path, formats: [...OUTPUT_EXTENSIONS] })
  }
  checkName(path)
  await checkFolder(path)
  for (const written of [path, sidecarPath(path)]) {
    for (const input of request.inputs) {
      if (await isSameFile(written, input)) throw new ImpastoError('output-is-input', { path: written })
    }
  }
  await checkExisting(request)
  return format
}

/** Node replaces what is no UTF-8 in an argument: such a picture would appear under a name that nobody gave. */
function checkName(path: string): void {
  if (basename(path).includes('\uFFFD')) throw unwritable(path, 'its name is not UTF-8')
}

async function checkFolder(path: string): Promise<void> {
  const folder = dirname(resolve(path))
  const found = await existing(folder, stat)
  if (found?.isDirectory() !== true) throw new ImpastoError('output-folder-missing', { path: folder })
  await sweepStagedFiles(folder)
  for (const written of new Set([path, await targetOf(path)])) await tryToWriteBeside(written)
}

/** Whether two paths lead to one file or folder: by another spelling, through a link, or as two names of the same file. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)))
  if (first && second) return first.dev === second.dev && first.ino === second.ino
  return (await truePath(one)) === (await truePath(other))
}

async function truePath(path: string): Promise<string> {
  const absolute = resolve(path)
  const folder = await realpath(dirname(absolute)).catch(() => dirname(absolute))
  return join(folder, basename(absolute))
}

async function checkExisting({ path, overwrite, runId }: OutputRequest): Promise<void> {
  for (const written of [path, sidecarPath(path)]) {
    const found = await existing(written, lstat)
    if (found === null) continue
    await checkReplaceable(written, found, path)
    if (overwrite === 'always') continue
    const origin = overwrite === 'same-run' && runId !== null ? await originOfPicture(path, runId) : 'foreign'
    if (origin === 'same-run') continue
    if (origin === 'changed') throw new ImpastoError('picture-changed', { path })
    throw new ImpastoError('output-exists', { path: written })
  }
}

/** The picture is written through a link, so that has to lead to a file; a link under its sidecar's name is replaced. */
async function checkReplaceable(written: string, found: Stats, picture: string): Promise<void> {
  if (!found.isSymbolicLink()) {
    if (!found.isFile()) throw unwritable(written, 'it is not a file')
  } else if (written === picture) {
    const target = await existing(written, stat)
    if (target === null) throw unwritable(written, 'it is a link that leads nowhere')
    if (!target.isFile()) throw unwritable(written, 'it is not a file')
  }
}

/** What lies under a name, null where nothing does. Whatever else keeps the system from telling is thrown. */
async function existing(path: string, look: (path: string) => Promise<Stats>): Promise<Stats | null> {
  try {
    return await look(path)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw outputError(error, path)
  }
}

function unwritable(path: string, reason: string): ImpastoError {
  return new ImpastoError('output-unwritable', { path, reason })
}
