/**
 * @file Which Node runs the engine. Inside Electron the engine must not run on Electron's own binary: sharp and
 * Electron's GTK bring two copies of GLib that do not mix.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ImpastoError } from '../../src-shared/errors/impasto-error'

/** What set-up recorded in `.cache/setup.json`, as far as it matters here. */
const setupRecordSchema = z.object({ node: z.object({ path: z.string() }) })

/**
 * Path of the Node for the engine: `IMPASTO_NODE`, else this process's own, else, where this process is
 * Electron, the one that set-up recorded.
 * @param projectRoot folder that holds `.cache/setup.json`
 * @throws ImpastoError `engine-unavailable` where Electron finds no record
 */
export function engineNode(projectRoot: string): string {
  const chosen = process.env.IMPASTO_NODE
  if (chosen !== undefined && chosen !== '') return chosen
  if (!('electron' in process.versions)) return process.execPath
  return recordedNode(projectRoot)
}

function recordedNode(projectRoot: string): string {
  try {
    const record: unknown = JSON.parse(readFileSync(join(projectRoot, '.cache', 'setup.json'), 'utf8'))
    return setupRecordSchema.parse(record).node.path
  } catch (error) {
    throw new ImpastoError(
      'engine-unavailable',
      { reason: 'the set-up has not recorded a Node' },
      { cause: error },
    )
  }
}
