/** @file Counts what this process holds outside of JavaScript, so that tests can see a leak. */
import { sessionFolders } from './session/session-folder'
import { tf } from './tensorflow'

export interface ResourceCount {
  readonly tensors: number
  readonly sessions: number
  /** Temporary folders of this process. */
  readonly folders: number
}

export async function resourceCount(): Promise<ResourceCount> {
  const folders = await sessionFolders()
  return {
    tensors: tf.memory().numTensors,
    sessions: tf.node.getNumOfSavedModels(),
    folders: folders.filter(({ processId }) => processId === process.pid).length,
  }
}
