/** @file Counts what this process holds outside of JavaScript, so that tests can see a leak. */
import { ownSessionFolders } from './session/session-folder'
import { tensorflowBackend, tf } from './tensorflow'

export interface ResourceCount {
  readonly tensors: number
  readonly sessions: number
  /** Temporary folders of this process. */
  readonly folders: number
}

export async function resourceCount(): Promise<ResourceCount> {
  return {
    tensors: tf.memory().numTensors,
    sessions: tensorflowBackend().getNumOfSavedModels(),
    folders: (await ownSessionFolders()).length,
  }
}
