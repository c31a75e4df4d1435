/** @file Where the trained weights lie. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder `weights` of the installation: `$IMPASTO_WEIGHTS` where it is set, else the nearest one above the running
 * program, which may be the built file or the source. A folder that is not there is named all the same, so that the
 * error tells where the weights were looked for.
 */
export function weightsFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.IMPASTO_WEIGHTS
  if (chosen !== undefined && chosen !== '') return chosen
  const start = import.meta.dirname
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'weights')
    if (existsSync(join(candidate, 'manifest.json'))) return candidate
  }
  return join(start, 'weights')
}
