/**
 * @file What a task has to do after all that it was told, whether it came early, late or twice.
 *
 * [Note: Once it ends, it ends] A stop cannot be taken back: a pause or a resume that comes after it (a second key,
 * a message that crossed with it) changes nothing, and only a cancel goes further. The engine obeys this, and a run
 * hands it on to the engine that replaces a dead one.
 */
import type { TaskControl } from './engine-messages'

/** The order of a task that nobody has spoken to. */
export const FIRST_ORDER: TaskControl = 'resume'

/** The order that stands after `control`. */
export function standingOrder(before: TaskControl, control: TaskControl): TaskControl {
  if (before === 'cancel' || control === 'cancel') return 'cancel'
  return before === 'stop' ? 'stop' : control
}
