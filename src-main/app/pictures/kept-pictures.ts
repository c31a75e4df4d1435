/**
 * @file Pictures that came without a file: pasted, or dragged from another program. They are kept in the library,
 * since a run that was cut off must still find them after the next start.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { outputError } from '../../storage/file-errors'
import type { Library } from '../../storage/library'
import { listRuns } from '../../storage/run-list'
import { writeAtomically } from '../../storage/write-atomically'

/** Milliseconds for which nothing is swept: the desk that it lies on may not be written down yet. */
const FRESH = 60 * 60 * 1000

const keptFolder = (library: Library): string => join(library.folder, 'kept')

/** A folder of `keptFolder`, named after the bytes of its picture. */
const KEPT_NAME = /^[0-9a-f]{32}$/

/**
 * Writes a picture's bytes under its name, in a folder named after them, and returns its path: the same picture twice
 * is one file.
 *
 * @throws ImpastoError `disk-full`, `output-unwritable`
 */
export async function keepPicture(library: Library, name: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
  const folder = join(keptFolder(library), hash)
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

/**
 * Deletes the kept pictures that neither a run nor the desk needs, and nothing that is not one. Never rejects: what
 * cannot be deleted stays.
 *
 * @param onDesk files that lie on the desk
 */
export async function sweepKeptPictures(library: Library, onDesk: readonly string[]): Promise<void> {
  const { runs, foreign, problem } = await listRuns(library)
  // What a run needs that this program cannot read is not known.
  if (foreign.length > 0 || problem !== null) return
  const files = runs.flatMap(({ job: { photograph, painting, initialImage, output } }) => [
    ...[photograph.path, painting.path, initialImage ?? ''],
    // Paintings should lie elsewhere; one that lies here is no less needed.
    output.path,
  ])
  const needed = new Set([...files, ...onDesk].map(dirname))
  for (const name of await readdir(keptFolder(library)).catch(() => [])) {
    if (!KEPT_NAME.test(name)) continue
    const folder = join(keptFolder(library), name)
    const age = Date.now() - ((await stat(folder).catch(() => null))?.mtimeMs ?? Infinity)
    if (!needed.has(folder) && age > FRESH)
      await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}
