import { describe, expect, it } from 'vitest'
import type { ErrorReport } from '../../../src-shared/errors/codes'
import { exampleJob } from '../../storage/testing/examples'
import { emptyQueue, nextQueue, removable, type QueueEvent, type QueueState } from './queue-state'

const job = (runId: string) => exampleJob(runId, `/runs/${runId}`)
const error: ErrorReport = { code: 'optimisation-diverged', data: { iteration: 2 } }

const queued = (runId: string): QueueEvent => ({ kind: 'queued', job: job(runId) })
const begun = (runId: string): QueueEvent => ({ kind: 'begun', job: job(runId) })
const failed = (runId: string): QueueEvent => ({ kind: 'failed', runId, error })
const of = (kind: 'paused' | 'resumed' | 'ended' | 'retried', runId: string): QueueEvent => ({ kind, runId })
const moved = (runId: string, place: number): QueueEvent => ({ kind: 'moved', runId, place })
const removed = (...runIds: string[]): QueueEvent => ({ kind: 'removed', runIds })
const plain = (kind: 'queue-paused' | 'queue-resumed' | 'reopened'): QueueEvent => ({ kind })

const after = (...events: readonly QueueEvent[]): QueueState => events.reduce(nextQueue, emptyQueue)

/** `a running, b waiting, c failed` */
function inWords({ entries, isPaused }: QueueState): string {
  const words = entries.map(({ job, state }) => `${job.runId} ${state}`)
  return [...words, ...(isPaused ? ['held'] : [])].join(', ')
}

/** One under way that was begun at once, two that wait, one that was set aside. */
const full = [begun('x'), queued('a'), queued('b'), queued('c'), failed('x'), begun('a')]

describe('the queue', () => {
  it.each([
    ['keeps the order in which jobs come', [queued('a'), queued('b')], 'a waiting, b waiting'],
    ['has the one under way first', [queued('a'), queued('b'), begun('b')], 'b running, a waiting'],
    ['begins one that was not queued', [queued('a'), begun('x')], 'x running, a waiting'],
    ['has what was set aside last', full, 'a running, b waiting, c waiting, x failed'],
    ['goes on after the end', [...full, of('ended', 'a'), begun('b')], 'b running, c waiting, x failed'],
    ['is paused and goes on', [...full, of('paused', 'a')], 'a paused, b waiting, c waiting, x failed'],
    [
      'sets aside what fails while it is paused',
      [...full, of('paused', 'a'), failed('a')],
      'b waiting, c waiting, a failed, x failed',
    ],
    [
      'has what is tried again wait after all others',
      [...full, of('retried', 'x')],
      'a running, b waiting, c waiting, x waiting',
    ],
    ['begins what was set aside', [...full, of('ended', 'a'), begun('x')], 'x running, b waiting, c waiting'],
    ['moves one to the front', [...full, moved('c', 0)], 'a running, c waiting, b waiting, x failed'],
    ['moves one to the end', [...full, moved('b', 1)], 'a running, c waiting, b waiting, x failed'],
    ['takes out what waits or was set aside', [...full, removed('b', 'x')], 'a running, c waiting'],
    ['is held', [...full, plain('queue-paused')], 'a running, b waiting, c waiting, x failed, held'],
    ['is let go', [queued('a'), plain('queue-paused'), plain('queue-resumed')], 'a waiting'],
  ] as const)('%s', (_, events, expected) => {
    expect(inWords(after(...events))).toBe(expected)
  })
})

describe('an event that comes twice or too late leaves the queue as it is:', () => {
  const before = after(...full)
  it.each([
    ['a job queued twice', queued('b')],
    ['a job queued that is under way', queued('a')],
    ['a second job begun', begun('b')],
    ['the end of one that waits', of('ended', 'b')],
    ['the end of one that was set aside', of('ended', 'x')],
    ['the failure of one that waits', failed('b')],
    ['a second failure', failed('x')],
    ['a pause of one that waits', of('paused', 'b')],
    ['going on without a pause', of('resumed', 'a')],
    ['another try of one under way', of('retried', 'a')],
    ['another try of one that waits', of('retried', 'b')],
    ['a move of the one under way', moved('a', 1)],
    ['a move of one that was set aside', moved('x', 0)],
    ['a move beyond the end', moved('b', 2)],
    ['a move before the beginning', moved('b', -1)],
    ['taking out the one under way', removed('a')],
    ['letting go of what is not held', plain('queue-resumed')],
    ...(['ended', 'paused', 'resumed', 'retried'] as const).map(
      (kind) => [`${kind} of one that is gone`, of(kind, 'gone')] as const,
    ),
    ['the failure of one that is gone', failed('gone')],
    ['a move of one that is gone', moved('gone', 0)],
    ['taking out one that is gone', removed('gone')],
  ] as const)('%s', (_, event) => {
    expect(nextQueue(before, event)).toEqual(before)
  })

  it('a second hold', () => {
    const held = nextQueue(before, plain('queue-paused'))
    expect(nextQueue(held, plain('queue-paused'))).toBe(held)
  })
})

describe('a job that was begun at once, with nobody waiting, is no queue', () => {
  it('and leaves it when it fails', () => {
    expect(inWords(after(begun('a'), failed('a')))).toBe('')
  })

  it.each([
    ['another waits', [begun('a'), queued('b'), failed('a')], 'b waiting, a failed'],
    ['it was queued itself', [queued('a'), begun('a'), failed('a')], 'a failed'],
    [
      'it was tried again',
      [begun('a'), queued('b'), failed('a'), of('retried', 'a'), removed('b'), begun('a'), failed('a')],
      'a failed',
    ],
  ] as const)('but is set aside with its reason where %s', (_, events, expected) => {
    const queue = after(...events)
    expect(inWords(queue)).toBe(expected)
    expect(queue.entries.at(-1)?.error).toEqual(error)
  })
})

describe('a queue that is opened again', () => {
  it.each([
    ['what ran waits before the others', full, 'a waiting, b waiting, c waiting, x failed'],
    ['what was begun at once too', [begun('a'), queued('b')], 'a waiting, b waiting'],
    ['the last of the queue too', [queued('a'), begun('a')], 'a waiting'],
    ['but not what was alone', [begun('a')], ''],
    [
      'it is held where a person had paused the painting',
      [queued('a'), queued('b'), begun('a'), of('paused', 'a')],
      'a waiting, b waiting, held',
    ],
    ['it stays held', [queued('a'), plain('queue-paused')], 'a waiting, held'],
  ] as const)('%s', (_, events, expected) => {
    const queue = after(...events, plain('reopened'))
    expect(inWords(queue)).toBe(expected)
    expect(nextQueue(queue, plain('reopened'))).toBe(queue)
  })
})

describe('what was taken out', () => {
  const before = after(queued('a'), queued('b'), queued('c'), begun('a'))

  it('comes back where it was', () => {
    const entries = removable(before, ['a', 'b', 'c'])
    const cleared = nextQueue(before, removed('a', 'b', 'c'))
    expect(inWords(cleared)).toBe('a running')
    const back: QueueEvent = { kind: 'restored', removed: entries }
    expect(nextQueue(cleared, back)).toEqual(before)
    expect(nextQueue(before, back)).toEqual(before)
  })

  it('comes back also where the others have ended meanwhile', () => {
    const entries = removable(before, ['c'])
    const left = [removed('c'), of('ended', 'a'), begun('b'), of('ended', 'b')].reduce(nextQueue, before)
    expect(inWords(nextQueue(left, { kind: 'restored', removed: entries }))).toBe('c waiting')
  })
})
