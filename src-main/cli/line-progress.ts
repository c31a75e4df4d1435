/** @file Progress as lines now and then, for a log or a terminal that cannot redraw. */
import { assertNever } from '../../src-shared/model/assert-never'
import type { ProgressDisplay } from './progress-display'
import { timeLeftText, type LineOf, type ProgressLine } from './progress-line'
import type { Terminal } from './terminal'

/** A line for every tenth of the run. */
const LINES = 10

export function lineProgress<Event>(terminal: Terminal, lineOf: LineOf<Event>): ProgressDisplay<Event> {
  let told = 0
  const say = (sentence: string): void => {
    terminal.tell(sentence)
  }
  const show = (line: ProgressLine): void => {
    switch (line.kind) {
      case 'phase':
      case 'notice':
        say(line.text)
        return
      case 'iteration': {
        const { iteration, total, measures, secondsLeft } = line
        const tenth = Math.floor((iteration / total) * LINES)
        if (tenth <= told) return
        told = tenth
        const counted = `Iteration ${String(iteration)} of ${String(total)}`
        say([counted, measures, timeLeftText(secondsLeft)].filter((text) => text !== '').join(', '))
        return
      }
      default:
        assertNever(line)
    }
  }
  return {
    show: (event) => {
      const line = lineOf(event)
      if (line !== null) show(line)
    },
    say,
    close: () => undefined,
  }
}
