import { describe, expect, it } from 'vitest'
import {
  canWish,
  isUnderWay,
  runStatuses,
  statusAfter,
  type RunOccurrence,
  type RunStatus,
  type RunWish,
} from './run-status'

const occurrences = [
  'started',
  'asked to pause',
  'asked to resume',
  'asked to stop',
  'prepares',
  'paints',
  'waits',
  'saves',
  'finished',
  'stopped',
  'failed',
] as const satisfies readonly RunOccurrence[]

/** Where each occurrence (a column, in the order above) leads from each status; `.` leaves it as it is. */
const table: Readonly<Record<RunStatus, string>> = {
  preparing: 'preparing pausing .        stopping .         painting .      saving finished stopped failed',
  painting: ' preparing pausing .        stopping preparing .        .      saving finished stopped failed',
  pausing: '  preparing .       painting stopping .         .        paused saving finished stopped failed',
  paused: '   preparing .       painting stopping .         .        .      saving finished stopped failed',
  stopping: ' preparing .       .        .        .         .        .      saving finished stopped failed',
  saving: '   preparing .       .        .        .         .        .      .      finished stopped failed',
  finished: ' preparing .       .        .        .         .        .      .      .        .       .',
  stopped: '  preparing .       .        .        .         .        .      .      .        .       .',
  failed: '   preparing .       .        .        .         .        .      .      .        .       .',
}

const cases = runStatuses.flatMap((status) => {
  const targets = table[status].trim().split(/\s+/)
  return occurrences.map((occurrence, index) => [status, occurrence, targets[index] ?? ''] as const)
})

describe('the status of a run', () => {
  it('has an answer to everything that may happen', () => {
    expect(cases).toHaveLength(runStatuses.length * occurrences.length)
    expect(cases.filter(([, , target]) => target === '')).toEqual([])
  })

  it.each(cases)('%s, when it %s', (status, occurrence, target) => {
    const after = target === '.' ? status : target
    expect(statusAfter(status, occurrence)).toBe(after)
    // What comes twice changes nothing more, but for a painting that is begun over and over.
    const twice = statusAfter(statusAfter(status, occurrence), occurrence)
    expect(twice).toBe(after)
  })

  it('stays as it is when nothing that it hears of happens', () => {
    for (const status of runStatuses) expect(statusAfter(status, null)).toBe(status)
  })

  it('that has ended is never brought back by what comes late', () => {
    const ended = runStatuses.filter((status) => !isUnderWay(status))
    expect(ended).toEqual(['finished', 'stopped', 'failed'])
    for (const status of ended) {
      for (const occurrence of occurrences.filter((one) => one !== 'started')) {
        expect(statusAfter(status, occurrence)).toBe(status)
      }
    }
  })
})

/** What can be wished where it is safe in a checkpoint, and where it is not. */
const possible: Readonly<Record<RunStatus, readonly [saved: string, unsaved: string]>> = {
  preparing: ['start-again pause stop', 'start-again pause stop'],
  painting: ['start-again pause stop', 'start-again pause stop'],
  pausing: ['start-again resume stop', 'start-again resume stop'],
  paused: ['start-again resume stop', 'start-again resume stop'],
  stopping: ['start-again stop-now', 'start-again stop-now'],
  saving: ['start-again stop-now', 'start-again stop-now'],
  finished: ['paint continue save', 'paint save'],
  stopped: ['paint continue save', 'paint save'],
  failed: ['paint continue', 'paint retry'],
}

const wishes = [
  'paint',
  'start-again',
  'pause',
  'resume',
  'stop',
  'stop-now',
  'continue',
  'retry',
  'save',
] as const satisfies readonly RunWish[]

describe('what can be wished', () => {
  it.each(runStatuses)('of a run that is %s', (status) => {
    const [saved, unsaved] = possible[status]
    const found = (savedIteration: number): string =>
      wishes.filter((wish) => canWish({ status, savedIteration }, wish)).join(' ')
    expect([found(12), found(0)]).toEqual([saved, unsaved])
  })

  it('of no run is only that it be painted', () => {
    expect(wishes.filter((wish) => canWish(null, wish))).toEqual(['paint'])
  })

  /** What main does with each wish, and what the engine may do of itself, but for coming to an end. */
  const heardOf: Partial<Record<RunWish, RunOccurrence>> = {
    pause: 'asked to pause',
    resume: 'asked to resume',
    stop: 'asked to stop',
    // The engine is killed, which needs no engine that answers.
    'stop-now': 'failed',
  }
  const underWay = runStatuses.filter(isUnderWay)
  const standing = (status: RunStatus) => ({ status, savedIteration: 1 })
  const wishedFrom = (status: RunStatus): readonly RunStatus[] =>
    wishes
      .filter((wish) => canWish(standing(status), wish))
      .flatMap((wish) => heardOf[wish] ?? [])
      .map((occurrence) => statusAfter(status, occurrence))

  it.each(underWay)('of one that is %s leads to an end, although its engine never answers', (status) => {
    const reached = new Set<RunStatus>([status])
    for (const one of reached) for (const next of wishedFrom(one)) reached.add(next)
    expect([...reached].some((one) => !isUnderWay(one))).toBe(true)
  })

  it.each(underWay)('leaves no wish of one that is %s without an effect', (status) => {
    expect(wishedFrom(status)).not.toContain(status)
  })

  it.each(underWay)('can be forced once one that is %s was asked to end', (status) => {
    expect(canWish(standing(statusAfter(status, 'asked to stop')), 'stop-now')).toBe(true)
  })

  it.each(runStatuses)('of one that is %s never both begins and goes on with it', (status) => {
    for (const savedIteration of [0, 1]) {
      const run = { status, savedIteration }
      expect(canWish(run, 'continue') && canWish(run, 'retry')).toBe(false)
      expect(canWish(run, 'pause') && canWish(run, 'resume')).toBe(false)
      expect(canWish(run, 'stop') && canWish(run, 'stop-now')).toBe(false)
    }
  })

  it('never begins a second painting beside one that is under way', () => {
    for (const status of runStatuses) {
      const run = { status, savedIteration: 1 }
      expect(canWish(run, 'paint')).toBe(!isUnderWay(status))
      expect(canWish(run, 'start-again')).toBe(isUnderWay(status))
    }
  })
})
