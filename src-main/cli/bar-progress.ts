/** @file Progress as one live bar, for a person at a terminal. */
import { MultiBar, type SingleBar } from 'cli-progress'
import { assertNever } from '../../src-shared/model/assert-never'
import type { ProgressDisplay } from './progress-display'
import { timeLeftText, type LineOf, type ProgressLine } from './progress-line'

/** A bar of 24 cells leaves room for the numbers in a terminal of 80 columns. */
const BAR_CELLS = 24

/**
 * Draws on `screen`. The library's container for several bars is used for one, since it alone can write sentences
 * above a bar.
 */
export function barProgress<Event>(
  screen: NodeJS.WriteStream,
  lineOf: LineOf<Event>,
): ProgressDisplay<Event> {
  const bars = new MultiBar({
    stream: screen,
    format: '{bar} {what}',
    barsize: BAR_CELLS,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    linewrap: false,
    clearOnComplete: true,
    gracefulExit: false,
    autopadding: false,
    fps: 10,
  })
  let bar: SingleBar | null = null

  const draw = (iteration: number | null, total: number | null, what: string): void => {
    bar ??= bars.create(total ?? 1, 0, { what })
    if (total !== null) bar.setTotal(total)
    if (iteration === null) bar.update({ what })
    else bar.update(iteration, { what })
  }
  const say = (sentence: string): void => {
    if (bar === null) screen.write(`${sentence}\n`)
    else bars.log(`${sentence}\n`)
  }
  const close = (): void => {
    if (bar === null) return
    // Sentences wait for the next redraw, which stopping would forgo.
    bars.update()
    bars.stop()
    bar = null
  }
  const show = (line: ProgressLine): void => {
    switch (line.kind) {
      case 'phase':
        draw(null, null, line.text)
        return
      case 'iteration': {
        const { iteration, total, part, measures, secondsLeft } = line
        const parts = [`${String(iteration)}/${String(total)}`, part, measures, timeLeftText(secondsLeft)]
        draw(iteration, total, parts.filter((text) => text !== '').join(', '))
        return
      }
      case 'notice':
        say(line.text)
        return
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
    close,
  }
}
