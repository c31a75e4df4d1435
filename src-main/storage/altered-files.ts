/** @file Compares the files of an installed part with what set-up noted when it installed them. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

/** The folder of a part and the hashes of its files, as scripts/setup/inventory.mjs takes them. */
export const installedFilesSchema = z.object({
  folder: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string() })),
})
export type InstalledFiles = Readonly<z.infer<typeof installedFilesSchema>>

/** Paths of the files that are missing or hold other bytes. Reads all of them, which takes seconds. */
export async function alteredFiles({ folder, files }: InstalledFiles): Promise<readonly string[]> {
  const altered: string[] = []
  for (const [name, { sha256 }] of Object.entries(files)) {
    const path = join(folder, name)
    if ((await hashOf(path)) !== sha256) altered.push(path)
  }
  return altered
}

/** Of a link, the hash of the path that it names; null where there is nothing to read. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    if ((await lstat(path)).isSymbolicLink()) hash.update(await readlink(path))
    else await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
    return hash.digest('hex')
  } catch {
    return null
  }
}
