import { describe, expect, it } from 'vitest'
import { nextRunState, type RunEvent, type RunState } from './run-state'
import { canWish, isUnderWay } from './run-status'
import { exampleStart } from './testing/run-start'

const shown = { image: 'b', width: 512, height: 341 }
const start = exampleStart()

const iteration: RunEvent = {
  kind: 'task',
  event: {
    event: 'iteration',
    scale: 1,
    scales: 2,
    iteration: 12,
    total: 120,
    seconds: 8,
    secondsLeft: 80,
    contentLoss: 1,
    styleLoss: 2,
  },
}
const checkpoint: RunEvent = { kind: 'task', event: { event: 'checkpoint', iteration: 12 } }
const paused: RunEvent = { kind: 'task', event: { event: 'paused', iteration: 12 } }
const resumed: RunEvent = {
  kind: 'task',
  event: { event: 'notice', notice: { code: 'resumed', iteration: 10 } },
}
const unsaved: RunEvent = {
  kind: 'task',
  event: { event: 'notice', notice: { code: 'unsaved', reason: 'disk-full' } },
}
const restarted: RunEvent = {
  kind: 'task',
  event: { event: 'notice', notice: { code: 'engine-restarted', iteration: 10, cause: 'memory' } },
}

function stateAfter(...events: readonly RunEvent[]): RunState {
  const state = events.reduce<RunState | null>(nextRunState, null)
  if (state === null) throw new Error('There is no run')
  return state
}

describe('the state of a run', () => {
  it('needs a start: what comes before belongs to no run', () => {
    expect(nextRunState(null, iteration)).toBeNull()
  })

  it('follows the engine', () => {
    const begun = stateAfter({ kind: 'started', start })
    expect(begun).toMatchObject({ status: 'preparing', iteration: 0, total: 120, scales: 2 })
    const state = stateAfter({ kind: 'started', start }, iteration)
    expect(state).toMatchObject({ status: 'painting', iteration: 12, total: 120, secondsLeft: 80 })
    expect(isUnderWay(state.status)).toBe(true)
  })

  it('is paused when it waits, not when it is asked nor at a checkpoint that was due', () => {
    const asked = stateAfter({ kind: 'started', start }, iteration, { kind: 'asked', control: 'pause' })
    expect(asked.status).toBe('pausing')
    const saved = nextRunState(asked, checkpoint)
    expect(saved).toMatchObject({ status: 'pausing', savedIteration: 12 })
    expect(nextRunState(saved, paused)).toMatchObject({ status: 'paused', savedIteration: 12 })
  })

  it('is paused too where it could not be saved, and says so until it is', () => {
    const asked = stateAfter({ kind: 'started', start }, iteration, { kind: 'asked', control: 'pause' })
    const waiting = nextRunState(nextRunState(asked, unsaved), paused)
    expect(waiting).toMatchObject({ status: 'paused', savedIteration: 0, notice: { code: 'unsaved' } })
    expect(nextRunState(waiting, checkpoint)).toMatchObject({ savedIteration: 12, notice: null })
  })

  it('knows what is saved of a run that was taken up', () => {
    const state = stateAfter({ kind: 'started', start }, resumed)
    expect(state).toMatchObject({ iteration: 10, savedIteration: 10, notice: { code: 'resumed' } })
  })

  it('keeps what was saved when taking it up is refused', () => {
    const error = { code: 'memory-too-small', data: { needed: 2, free: 1, sizeThatFits: null } } as const
    const state = stateAfter(
      { kind: 'started', start: { ...start, resumedFrom: 48 } },
      { kind: 'failed', error },
    )
    expect(state).toMatchObject({ status: 'failed', iteration: 48, savedIteration: 48, total: 120 })
  })

  it('has nothing saved where its checkpoint cannot be used: it is tried anew instead', () => {
    const error = { code: 'checkpoint-foreign', data: { path: 'a', reason: 'b' } } as const
    const state = stateAfter(
      { kind: 'started', start: { ...start, resumedFrom: 48 } },
      { kind: 'failed', error },
    )
    expect([canWish(state, 'continue'), canWish(state, 'retry')]).toEqual([false, true])
  })

  it('keeps the notice of a dead engine when the next one resumes', () => {
    const state = stateAfter({ kind: 'started', start }, iteration, restarted, resumed)
    expect(state).toMatchObject({ iteration: 10, notice: { code: 'engine-restarted' } })
  })

  it('keeps its picture when the same run is continued, and begins anew for another', () => {
    const done = stateAfter(
      { kind: 'started', start },
      { kind: 'done', shown, iteration: 120, complete: true, seconds: 60 },
    )
    expect(isUnderWay(done.status)).toBe(false)
    expect(nextRunState(done, { kind: 'started', start })?.shown?.image).toBe('b')
    expect(nextRunState(done, { kind: 'started', start: { ...start, runId: 'other' } })?.shown).toBeNull()
  })
})
