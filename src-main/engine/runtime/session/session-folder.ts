/**
 * @file The temporary folders through which graphs reach TensorFlow.
 *
 * [Note: One folder a graph] The binding remembers loaded models by the path of their folder: a second graph under a
 * path it knows would silently run the first. So every graph gets a folder of a name never used before in this
 * process. TensorFlow keeps nothing open, so the folder goes as soon as the graph is loaded. The name holds the
 * process id, so that what a killed process left behind can be told from what a living one still needs.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'

const PREFIX = 'impasto-session-'
let made = 0

/** Calls `load` with a folder that holds `savedModel`, and removes the folder whatever happens. */
export async function withSessionFolder<Result>(
  savedModel: Uint8Array,
  load: (folder: string) => Promise<Result>,
): Promise<Result> {
  if (made === 0) await sweepSessionFolders()
  made += 1
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${String(process.pid)}-${String(made)}-`))
  try {
    await writeSavedModel(join(folder, 'saved_model.pb'), savedModel)
    return await load(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeSavedModel(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new ImpastoError('disk-full', { path: tmpdir() }, { cause })
    throw cause
  }
}

/** Removes the folders of processes that are no more. */
export async function sweepSessionFolders(): Promise<void> {
  for (const { path, processId } of await sessionFolders()) {
    if (!isAlive(processId)) await rm(path, { recursive: true, force: true })
  }
}

/** The folders that are there now, of this process and of others. */
export async function sessionFolders(): Promise<readonly { path: string; processId: number }[]> {
  const names = await readdir(tmpdir())
  return names.flatMap((name) => {
    const processId = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    return processId === undefined ? [] : [{ path: join(tmpdir(), name), processId: Number(processId) }]
  })
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
