/**
 * @file Which Node runs the engine. Inside Electron the engine must not run on Electron's own binary: sharp and
 * Electron's GTK bring two copies of GLib that do not mix.
 */
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { readSetupRecord } from '../storage/setup-record'

/**
 * Path of the Node for the engine: `IMPASTO_NODE`, else this process's own, else, where this process is
 * Electron, the one that set-up recorded.
 * @param projectRoot folder that holds set-up's record
 * @throws ImpastoError `engine-unavailable` where Electron finds no record
 */
export async function engineNode(projectRoot: string): Promise<string> {
  const chosen = process.env.IMPASTO_NODE
  if (chosen !== undefined && chosen !== '') return chosen
  if (!('electron' in process.versions)) return process.execPath
  const { node } = await readSetupRecord(projectRoot)
  if (node !== undefined) return node.path
  throw new ImpastoError('engine-unavailable', { reason: 'the set-up has not recorded a Node' })
}
