/** @file Checks, before any work is done, that a result can be saved where it shall go. */
import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { OUTPUT_EXTENSIONS, outputFormatOf, type OutputFormat } from '../../src-shared/model/output-format'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import { runIdOfPicture, sidecarPath } from './sidecar'
import { sweepStagedFiles, tryToWriteBeside } from './write-atomically'

export interface OutputRequest {
  readonly path: string
  /** Files that are read for this result and must survive it. */
  readonly inputs: readonly string[]
  readonly overwrite: StylizeJob['output']['overwrite']
  /** The run that makes the picture; `same-run` may replace what it saved before. */
  readonly runId: string | null
}

/**
 * The format that the picture will be saved in, once nothing is in the way of saving it and its sidecar.
 *
 * @throws ImpastoError `output-format-unsupported`, `output-folder-missing`, `output-is-input`, `output-exists`,
 *   `output-unwritable`, `disk-full`
 */
export async function checkOutput(request: OutputRequest): Promise<OutputFormat> {
  const { path } = request
  const format = outputFormatOf(path)
  if (format === null) {
    throw new ImpastoError('output-format-unsupported', { path, formats: [...OUTPUT_EXTENSIONS] })
  }
  await checkFolder(path)
  for (const written of [path, sidecarPath(path)]) {
    for (const input of request.inputs) {
      if (await isSameFile(written, input)) throw new ImpastoError('output-is-input', { path: written })
    }
  }
  await checkExisting(request)
  return format
}

async function checkFolder(path: string): Promise<void> {
  const folder = dirname(resolve(path))
  const found = await stat(folder).catch(() => null)
  if (found?.isDirectory() !== true) throw new ImpastoError('output-folder-missing', { path: folder })
  await sweepStagedFiles(folder)
  await tryToWriteBeside(path)
}

/** Whether two paths lead to one file: by another spelling, through a link, or as two names of the same file. */
async function isSameFile(one: string, other: string): Promise<boolean> {
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
    const found = await stat(written).catch(() => null)
    if (found === null) continue
    if (!found.isFile()) {
      throw new ImpastoError('output-unwritable', { path: written, reason: 'it is not a file' })
    }
    if (overwrite === 'always') continue
    if (overwrite === 'same-run' && runId !== null && (await runIdOfPicture(path)) === runId) continue
    throw new ImpastoError('output-exists', { path: written })
  }
}
