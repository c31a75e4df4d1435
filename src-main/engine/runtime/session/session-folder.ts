/**
 * @file The temporary folders through which graphs reach TensorFlow.
 *
 * [Note: One folder a graph] The binding remembers loaded models by the path of their folder: a second graph under a
 * path it knows would silently run the first. So every graph gets a folder of a name never used before in this
 * process. TensorFlow keeps nothing open, so the folder goes as soon as the graph is loaded. The name holds the
 * identity of the process, so that what a killed one left behind can be told from what a living one still needs.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outputError } from '../../../storage/file-errors'
import { sweepLeftovers } from '../../../storage/leftovers'
import { identityOf, tagOf } from '../../../storage/process-identity'

const PREFIX = 'impasto-session-'
const folderName = new RegExp(`^${PREFIX}\\d+-(.+)-[^-]+$`)
const ownTag = tagOf(identityOf(process.pid))
let made = 0

/**
 * Calls `load` with a folder that holds `savedModel`, and removes the folder whatever happens.
 *
 * @throws ImpastoError `disk-full`, `output-folder-missing`, `output-unwritable` where the folder cannot be made
 */
export async function withSessionFolder<Result>(
  savedModel: Uint8Array,
  load: (folder: string) => Promise<Result>,
): Promise<Result> {
  if (made === 0) await sweepSessionFolders()
  made += 1
  const folder = await writtenFolder(savedModel)
  try {
    return await load(folder)
  } finally {
    await remove(folder)
  }
}

async function writtenFolder(savedModel: Uint8Array): Promise<string> {
  let folder: string | null = null
  try {
    folder = await mkdtemp(join(tmpdir(), `${PREFIX}${String(made)}-${ownTag}-`))
    await writeFile(join(folder, 'saved_model.pb'), savedModel)
    return folder
  } catch (error) {
    if (folder !== null) await remove(folder)
    throw outputError(error, join(tmpdir(), PREFIX))
  }
}

/** A folder that stays is swept by a later process. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined)
}

/** Removes the folders of processes that are no more. Never rejects: those of other users stay. */
export async function sweepSessionFolders(): Promise<void> {
  await sweepLeftovers(tmpdir(), folderName)
}

/** The folders of this process that are there now. */
export async function ownSessionFolders(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => folderName.exec(name)?.[1] === ownTag)
}
