/** @file Which runs this program works on itself: what is painted is not moved, and what is moved is not begun. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'

type RunUse = 'painting' | 'move'

/**
 * The lock in a run's folder (run-lock.ts) is for other programs, and the engine takes it only after main has said where
 * the picture goes. So main's own parts ask here first.
 */
export class RunsInUse {
  readonly #uses = new Map<string, RunUse>()

  /**
   * Takes a run for one use, until the function that it returns is called.
   *
   * @throws ImpastoError `run-in-use`
   */
  take(runId: string, use: RunUse): () => void {
    const current = this.#uses.get(runId)
    if (current !== undefined) throw new ImpastoError('run-in-use', { use: current })
    this.#uses.set(runId, use)
    return () => {
      this.#uses.delete(runId)
    }
  }
}
