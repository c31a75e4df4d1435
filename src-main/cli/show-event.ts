/** @file Which events of a painting a person at a terminal is shown. */
import { noticeSentence } from '../../src-shared/contract/notices'
import type { TaskEvent, TaskEventOf } from '../../src-shared/contract/task-events'
import { assertNever } from '../../src-shared/model/assert-never'

/** What shows them: a bar or lines. */
export interface EventScreen {
  phase(event: TaskEventOf<'phase'>): void
  iteration(event: TaskEventOf<'iteration'>): void
  say(sentence: string): void
}

/** Previews are pictures, checkpoints go unseen, and the command itself says where the picture lies. */
export function showEvent(event: TaskEvent, screen: EventScreen): void {
  switch (event.event) {
    case 'phase':
      screen.phase(event)
      return
    case 'iteration':
      screen.iteration(event)
      return
    case 'notice':
      screen.say(noticeSentence(event.notice))
      return
    case 'preview':
    case 'paused':
    case 'checkpoint':
    case 'done':
      return
    default:
      assertNever(event)
  }
}
