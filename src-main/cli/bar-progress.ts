/** @file Progress as one live bar, for a person at a terminal. */
import { MultiBar, type SingleBar } from 'cli-progress'
import type { PaintingEventOf } from '../../src-shared/contract/painting-events'
import type { ProgressDisplay } from './progress-display'
import { lossesText, phaseText, scaleText, timeLeftText } from './progress-text'
import { showEvent } from './show-event'

/** A bar of 24 cells leaves room for the numbers in a terminal of 80 columns. */
const BAR_CELLS = 24

/**
 * Draws on `screen`. The library's container for several bars is used for one, since it alone can write sentences
 * above a bar.
 */
export function barProgress(screen: NodeJS.WriteStream): ProgressDisplay {
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
  const phase = (event: PaintingEventOf<'phase'>): void => {
    draw(null, null, phaseText(event))
  }
  const iteration = (event: PaintingEventOf<'iteration'>): void => {
    const counted = `${String(event.iteration)}/${String(event.total)}`
    const scale = event.scales > 1 ? scaleText(event.scale, event.scales) : ''
    const parts = [counted, scale, lossesText(event), timeLeftText(event)]
    draw(event.iteration, event.total, parts.filter((text) => text !== '').join(', '))
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
  return {
    show: (event) => {
      showEvent(event, { phase, iteration, say })
    },
    say,
    close,
  }
}
