/** @file Progress as lines now and then, for a log or a terminal that cannot redraw. */
import type { PaintingEventOf } from '../../src-shared/contract/painting-events'
import type { ProgressDisplay } from './progress-display'
import { lossesText, phaseText, timeLeftText } from './progress-text'
import { showEvent } from './show-event'
import type { Terminal } from './terminal'

/** A line for every tenth of the run. */
const LINES = 10

export function lineProgress(terminal: Terminal): ProgressDisplay {
  let told = 0
  const say = (sentence: string): void => {
    terminal.tell(sentence)
  }
  const phase = (event: PaintingEventOf<'phase'>): void => {
    say(phaseText(event))
  }
  const iteration = (event: PaintingEventOf<'iteration'>): void => {
    const tenth = Math.floor((event.iteration / event.total) * LINES)
    if (tenth <= told) return
    told = tenth
    const counted = `Iteration ${String(event.iteration)} of ${String(event.total)}`
    say([counted, lossesText(event), timeLeftText(event)].filter((text) => text !== '').join(', '))
  }
  return {
    show: (event) => {
      showEvent(event, { phase, iteration, say })
    },
    say,
    close: () => undefined,
  }
}
