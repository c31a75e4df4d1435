import { describe, expect, it } from 'vitest'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { barProgress } from './bar-progress'
import { paintingLine } from './painting-line'
import { progressDisplay } from './progress-display'
import { recordedTerminal, RecordedStream } from './testing/recorded-terminal'

const iteration = (count: number): PaintingEvent => ({
  event: 'iteration',
  scale: 1,
  scales: 2,
  iteration: count,
  total: 20,
  seconds: count,
  secondsLeft: 20 - count,
  contentLoss: 1234.5,
  styleLoss: 56.78,
})

const events: readonly PaintingEvent[] = [
  { event: 'phase', phase: 'load', scale: 1, scales: 2, width: 160, height: 107 },
  { event: 'notice', notice: { code: 'photograph-enlarged', from: 200, to: 320 } },
  { event: 'phase', phase: 'paint', scale: 1, scales: 2, width: 160, height: 107 },
  iteration(1),
  { event: 'preview', iteration: 1, width: 160, height: 107, jpeg: 'AAAA' },
  iteration(2),
  iteration(3),
  { event: 'checkpoint', iteration: 3 },
  { event: 'done', output: '/painted.png', seconds: 20, iteration: 20, complete: true },
]

/** What a display writes to the two streams of a terminal that is no screen. */
function shown(options: { json: boolean; quiet: boolean }): { output: string; errors: string } {
  const { terminal, output, errors } = recordedTerminal()
  const display = progressDisplay(terminal, paintingLine, options)
  for (const event of events) display.show(event)
  display.close()
  return { output: output.text, errors: errors.text }
}

describe('without a screen', () => {
  it('writes a line for each phase, each notice and each tenth of the run', () => {
    expect(shown({ json: false, quiet: false })).toEqual({
      output: '',
      errors: [
        'Loading the network',
        'The photograph is smaller than the size that is painted: it is enlarged from 200 to 320 px.',
        'Painting at 160 × 107 px, scale 1 of 2',
        'Iteration 2 of 20, content 1.23K, style 56.8, 20 s left',
        '',
      ].join('\n'),
    })
  })

  it('is quiet but for notices when asked to be', () => {
    expect(shown({ json: false, quiet: true })).toEqual({
      output: '',
      errors: 'The photograph is smaller than the size that is painted: it is enlarged from 200 to 320 px.\n',
    })
  })

  it('writes every event but previews as a line of JSON', () => {
    const { output, errors } = shown({ json: true, quiet: false })
    const lines = output.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      events.filter(({ event }) => event !== 'preview'),
    )
    expect(errors).toBe('')
  })
})

describe('on a screen', () => {
  it('draws one bar, with sentences above it, and leaves no bar behind', () => {
    const screen = Object.assign(new RecordedStream(), {
      isTTY: true,
      columns: 100,
      ...Object.fromEntries(
        ['cursorTo', 'moveCursor', 'clearLine', 'clearScreenDown'].map((name) => [name, () => true]),
      ),
    })
    const display = barProgress(screen as unknown as NodeJS.WriteStream, paintingLine)
    for (const event of events) display.show(event)
    display.close()
    const written = screen.text
    expect(written).toContain('enlarged from 200 to 320 px.\n')
    expect(written).toContain('3/20, scale 1 of 2, content 1.23K, style 56.8, 15 s left')
    expect(written).toContain('█')
  })
})
