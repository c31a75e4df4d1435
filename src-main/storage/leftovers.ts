/** @file What processes that were killed leave lying about, and when it may be removed. */
import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { identityFromTag, livenessOf } from './process-identity'

/** A process of which nothing can be known, and of which nothing has changed for so long, counts as gone. */
const LONGEST_SILENCE_MS = 24 * 3600 * 1000

export function isLongSilent(lastSign: Date): boolean {
  return Date.now() - lastSign.getTime() > LONGEST_SILENCE_MS
}

/**
 * Removes from `folder` what processes left that are gone (see [Note: Whose process]). Never rejects: what belongs
 * to another user stays, and is no reason to fail.
 *
 * @param owned matches the names of what may be removed; its first group is the owner's tag
 */
export async function sweepLeftovers(folder: string, owned: RegExp): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const tag = owned.exec(name)?.[1]
    if (tag !== undefined) await removeIfAbandoned(join(folder, name), tag).catch(() => undefined)
  }
}

async function removeIfAbandoned(path: string, tag: string): Promise<void> {
  const owner = identityFromTag(tag)
  const liveness = owner === null ? 'unknown' : livenessOf(owner)
  const abandoned = liveness === 'unknown' ? isLongSilent((await lstat(path)).mtime) : liveness === 'gone'
  if (abandoned) await rm(path, { recursive: true, force: true })
}
