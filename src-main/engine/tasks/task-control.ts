/**
 * @file How a running task is paused, stopped and cancelled from outside.
 *
 * [Note: One suspension point] A step of the network blocks the engine's JavaScript, so a task can only be told
 * anything between steps. It calls `receive` there, which lets pending messages arrive; makes itself safe where
 * `isPaused` says that it will wait; and calls `suspend`, which waits and says how to go on.
 */
import { setImmediate } from 'node:timers/promises'
import type { TaskControl } from '../../../src-shared/contract/engine-messages'

/** `stop`: end early and keep what there is. `cancel`: end and keep only the checkpoint. */
export type Continuation = 'continue' | 'stop' | 'cancel'

export class TaskController {
  private ending: 'stop' | 'cancel' | null = null
  private paused = false
  private wake: (() => void) | null = null

  /** Called from outside, at any time. */
  control(control: TaskControl): void {
    if (control === 'pause') this.paused = true
    else {
      this.paused = false
      if (control !== 'resume') this.ending = control
      this.wake?.()
    }
  }

  get isPaused(): boolean {
    return this.paused
  }

  /** Called by the task between two steps: messages that came during the step arrive now. */
  async receive(): Promise<void> {
    await setImmediate()
  }

  /** Called by the task after `receive`: waits for as long as it is paused. */
  async suspend(): Promise<Continuation> {
    while (this.paused) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    return this.ending ?? 'continue'
  }
}
