/**
 * @file Pictures that came without a file: pasted, or dragged from another program. They are kept in the library,
 * since a run that was cut off must still find them after the next start.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { outputError } from '../../storage/file-errors'
import type { Library } from '../../storage/library'
import { listRuns } from '../../storage/runs'
import { writeAtomically } from '../../storage/write-atomically'

const keptFolder = (library: Library): string => join(library.folder, 'kept')

/**
 * Writes a picture's bytes under its name, in a folder of its own, and returns its path.
 *
 * @throws ImpastoError `disk-full`, `output-unwritable`
 */
export async function keepPicture(library: Library, name: string, bytes: Uint8Array): Promise<string> {
  const folder = join(keptFolder(library), randomUUID())
  const path = join(folder, fileNameOf(name))
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw outputError(error, path)
  }
  await writeAtomically(path, bytes)
  return path
}

/** In characters: with four bytes each they still fit into the 255 bytes that file systems take. */
const LONGEST_NAME = 60

/** A name that any disk takes, with its ending: what another program calls its picture may be anything. */
function fileNameOf(name: string): string {
  const lastPart = name.split(/[\\/]/).at(-1) ?? ''
  const kept = Array.from(lastPart.replace(/[\p{Cc}:*?"<>|]/gu, ''))
    .slice(-LONGEST_NAME)
    .join('')
  return /[^. ]/.test(kept) ? kept : 'picture'
}

/** Deletes the kept pictures that no run needs. */
export async function sweepKeptPictures(library: Library): Promise<void> {
  const needed = new Set<string>()
  for (const { job } of (await listRuns(library)).runs) {
    needed.add(dirname(job.photograph.path)).add(dirname(job.painting.path))
    if (job.initialImage !== null) needed.add(dirname(job.initialImage))
  }
  for (const name of await readdir(keptFolder(library)).catch(() => [])) {
    const folder = join(keptFolder(library), name)
    if (!needed.has(folder)) await rm(folder, { recursive: true, force: true })
  }
}
