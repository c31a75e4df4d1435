/** @file Progress as lines now and then, for a log or a terminal that cannot redraw. */
import { noticeSentence } from '../../src-shared/contract/notices'
import type { TaskEvent, TaskEventOf } from '../../src-shared/contract/task-events'
import { assertNever } from '../../src-shared/model/assert-never'
import type { ProgressDisplay } from './progress-display'
import { lossesText, phaseText, timeLeftText } from './progress-text'
import type { Terminal } from './terminal'

/** A line for every tenth of the run. */
const LINES = 10

export function lineProgress(terminal: Terminal): ProgressDisplay {
  let told = 0
  const say = (sentence: string): void => {
    terminal.tell(sentence)
  }
  const showIteration = (event: TaskEventOf<'iteration'>): void => {
    const tenth = Math.floor((event.iteration / event.total) * LINES)
    if (tenth <= told) return
    told = tenth
    const counted = `Iteration ${String(event.iteration)} of ${String(event.total)}`
    say([counted, lossesText(event), timeLeftText(event)].filter((text) => text !== '').join(', '))
  }
  const show = (event: TaskEvent): void => {
    switch (event.event) {
      case 'phase':
        say(phaseText(event))
        return
      case 'iteration':
        showIteration(event)
        return
      case 'notice':
        say(noticeSentence(event.notice))
        return
      case 'preview':
      case 'checkpoint':
      case 'done':
        return
      default:
        assertNever(event)
    }
  }
  return { show, say, close: () => undefined }
}
