/** @file Which events of a painting a person at a terminal is shown. */
import { noticeSentence } from '../../src-shared/contract/notices'
import type { PaintingEvent, PaintingEventOf } from '../../src-shared/contract/painting-events'
import { assertNever } from '../../src-shared/model/assert-never'

/** What shows them: a bar or lines. */
export interface EventScreen {
  phase(event: PaintingEventOf<'phase'>): void
  iteration(event: PaintingEventOf<'iteration'>): void
  say(sentence: string): void
}

/** Previews are pictures, checkpoints go unseen, and the command itself says where the picture lies. */
export function showEvent(event: PaintingEvent, screen: EventScreen): void {
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
