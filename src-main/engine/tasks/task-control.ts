/**
 * @file How a running task is paused, stopped and cancelled from outside.
 *
 * [Note: One suspension point] A step of the network blocks the engine's JavaScript, so a task can only be told
 * anything between steps. It calls `receive` there, which lets pending messages arrive; makes itself safe where
 * `isPaused` says that it will wait; and calls `suspend`, which waits and says how to go on.
 */
import { setImmediate } from 'node:timers/promises'
import type { TaskControl } from '../../../src-shared/contract/engine-messages'
import { FIRST_ORDER, standingOrder } from '../../../src-shared/contract/standing-order'

/** `stop`: end early and keep what there is. `cancel`: end and keep only the checkpoint. */
export type Continuation = 'continue' | 'stop' | 'cancel'

export class TaskController {
  #order = FIRST_ORDER
  #wake: (() => void) | null = null
  #listening = false

  /** Called from outside, at any time. What counts is [Note: Once it ends, it ends]. */
  control(control: TaskControl): void {
    this.#order = standingOrder(this.#order, control)
    if (!this.isPaused) this.#wake?.()
  }

  get isPaused(): boolean {
    return this.#order === 'pause'
  }

  /** Whether the task has come to its first suspension point. Before, it has done nothing worth keeping. */
  get isListening(): boolean {
    return this.#listening
  }

  /** Called by the task between two steps: messages that came during the step arrive now. */
  async receive(): Promise<void> {
    this.#listening = true
    await setImmediate()
  }

  /** Called by the task after `receive`: waits for as long as it is paused. */
  async suspend(): Promise<Continuation> {
    while (this.#order === 'pause') {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.#order === 'resume' ? 'continue' : this.#order
  }
}
