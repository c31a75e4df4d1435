/** @file Where something lies, in words for a person: what the page is told instead of a path that it could use. */
import { homedir } from 'node:os'
import { sep } from 'node:path'

/** `/home/ada/Pictures/Impasto` becomes `~/Pictures/Impasto` for Ada, and stays as it is for others. */
export function placeLabel(path: string, home = homedir()): string {
  if (path === home) return '~'
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path
}
