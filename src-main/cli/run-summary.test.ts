import { expect, it } from 'vitest'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { RunSummary } from './run-summary'

const iteration: PaintingEvent = {
  event: 'iteration',
  scale: 1,
  scales: 1,
  iteration: 7,
  total: 20,
  seconds: 1,
  secondsLeft: null,
  contentLoss: 1,
  styleLoss: 1,
}
const checkpoint = (count: number): PaintingEvent => ({ event: 'checkpoint', iteration: count })
const resumed = (count: number): PaintingEvent => ({
  event: 'notice',
  notice: { code: 'resumed', iteration: count },
})

function summaryOf(...events: readonly PaintingEvent[]): RunSummary {
  const summary = new RunSummary()
  for (const event of events) summary.note(event)
  return summary
}

it('offers to resume from the last checkpoint', () => {
  const offer = 'The same command with --resume goes on from iteration 6.'
  expect(summaryOf(checkpoint(3), iteration, checkpoint(6)).resumeOffer).toBe(offer)
})

it('offers to resume from the checkpoint that the run itself was resumed from', () => {
  expect(summaryOf(resumed(4)).resumeOffer).toBe('The same command with --resume goes on from iteration 4.')
})

it.each([
  ['no checkpoint', [iteration]],
  ['a checkpoint of the beginning', [resumed(0), checkpoint(0)]],
])('offers nothing with %s', (_, events) => {
  expect(summaryOf(...events).resumeOffer).toBeNull()
})

it('tells a result', () => {
  const summary = summaryOf(iteration, checkpoint(7))
  const stopped = { iteration: 7, complete: false }
  expect(summary.resultText({ ...stopped, output: null })).toBe(
    'Stopped at iteration 7 of 20. The same command with --resume goes on from iteration 7.',
  )
  expect(summary.resultText({ ...stopped, output: '/a.png' })).toBe(
    'Saved /a.png at iteration 7 of 20. The same command with --resume goes on from iteration 7.',
  )
  expect(summaryOf(checkpoint(0)).resultText({ output: null, iteration: 0, complete: false })).toBe(
    'Stopped before the first iteration.',
  )
  summary.note({ event: 'done', output: '/a.png', seconds: 40, iteration: 20, complete: true })
  expect(summary.resultText({ output: '/a.png', iteration: 20, complete: true })).toBe(
    'Saved /a.png after 40 s.',
  )
})
