import { describe, expect, it } from 'vitest'
import { nextRunState, startedRun, type RunEvent, type RunState } from '../../../src-shared/model/run-state'
import { exampleStart } from '../../../src-shared/model/testing/run-start'
import { resumeWords, runWords } from './run-words'

const begun = startedRun(exampleStart())

const iteration = (secondsLeft: number | null): RunEvent => ({
  kind: 'task',
  event: {
    event: 'iteration',
    scale: 1,
    scales: 2,
    iteration: 12,
    total: 120,
    seconds: 8.1,
    secondsLeft,
    contentLoss: 1,
    styleLoss: 1,
  },
})
const phase: RunEvent = {
  kind: 'task',
  event: { event: 'phase', phase: 'paint', scale: 1, scales: 2, width: 256, height: 171 },
}

const paused: RunEvent = { kind: 'task', event: { event: 'paused', iteration: 12 } }

function after(...events: readonly RunEvent[]): RunState {
  return events.reduce<RunState>((state, event) => nextRunState(state, event) ?? state, begun)
}

describe('the words of a run', () => {
  it('say where, how far and how long', () => {
    expect(runWords(after(phase, iteration(88)))).toEqual({
      heading: 'Scale 1 of 2',
      parts: ['Iteration 12 of 120', 'about 1 min 30 s left', '256 px'],
    })
  })

  it('count what is done and planned from the first moment on, also of a run that goes on', () => {
    expect(runWords(startedRun(exampleStart({ resumedFrom: 48 }))).parts).toEqual(['Iteration 48 of 120'])
    expect(resumeWords({ savedIteration: 48 })).toBe('Resume from iteration 48')
    expect(resumeWords({ savedIteration: 0 })).toBe('Resume')
  })

  it('promise no time before a measure', () => {
    expect(runWords(after(phase, iteration(null))).parts).toContain('Measuring this computer')
  })

  it('say that a pause is safe once its checkpoint is written', () => {
    const pausing = after(phase, iteration(88), { kind: 'asked', control: 'pause' })
    expect(runWords(pausing).heading).toBe('Pausing')
    const checkpoint: RunEvent = { kind: 'task', event: { event: 'checkpoint', iteration: 12 } }
    expect(nextRunState(pausing, checkpoint)?.status).toBe('pausing')
    const waiting = after(phase, iteration(88), { kind: 'asked', control: 'pause' }, checkpoint, paused)
    expect(runWords(waiting)).toEqual({
      heading: 'Paused',
      parts: ['Iteration 12 of 120, saved', 'It can wait as long as you like'],
    })
  })

  it('do not say that a pause is saved where it is not', () => {
    const unsaved: RunEvent = {
      kind: 'task',
      event: { event: 'notice', notice: { code: 'unsaved', reason: 'disk-full' } },
    }
    const waiting = after(phase, iteration(88), { kind: 'asked', control: 'pause' }, unsaved, paused)
    expect(runWords(waiting)).toEqual({
      heading: 'Paused',
      parts: ['Iteration 12 of 120, not saved', 'It can wait while Impasto is open'],
    })
  })

  it('tell a stopped painting from a finished one', () => {
    const shown = { image: 'b', width: 512, height: 341 }
    const stopped = after(phase, iteration(88), {
      kind: 'done',
      shown,
      iteration: 12,
      complete: false,
      seconds: 9,
    })
    expect(runWords(stopped).heading).toBe('Stopped')
    expect(runWords({ ...stopped, status: 'finished' }).heading).toBe('Finished')
  })
})
