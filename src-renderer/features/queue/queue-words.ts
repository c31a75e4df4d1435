/** @file What is said of the queue: how each painting in it stands, how long it takes, what changed. */
import { sentenceOf } from '../../../src-shared/errors/sentences'
import { assertNever } from '../../../src-shared/model/assert-never'
import { formatDuration } from '../../../src-shared/model/format'
import type { QueuedPainting, QueueProblem } from '../../../src-shared/model/queue'

/** `coffee.png after The Night Café` */
export function nameOf({ photograph, painting }: Pick<QueuedPainting, 'photograph' | 'painting'>): string {
  return `${photograph.name} after ${painting.name}`
}

/**
 * How a painting of the queue stands, in a few words; one that was set aside says why.
 *
 * @param secondsLeft null where it is not known
 */
export function stateWords({ state, error }: QueuedPainting, secondsLeft: number | null): string {
  const time = secondsLeft === null ? '' : `, about ${formatDuration(secondsLeft)}`
  switch (state) {
    case 'running':
      return `Painting${secondsLeft === null ? '' : `${time} left`}`
    case 'paused':
      return 'Paused'
    case 'waiting':
      return `Waits${time}`
    case 'failed':
      return error === null ? 'Set aside' : `Set aside: ${sentenceOf(error, 'window').what}`
    default:
      return assertNever(state)
  }
}

/** What stands beside the heading: `3 waiting, about 12 min left`. */
export function queueSummary(
  entries: readonly QueuedPainting[],
  secondsLeft: number | null,
  isPaused: boolean,
): string {
  const waiting = countOf(entries, 'waiting')
  const failed = countOf(entries, 'failed')
  const isMoving = secondsLeft !== null && secondsLeft > 0
  return [
    ...(isPaused ? ['paused'] : []),
    ...(waiting > 0 ? [`${String(waiting)} waiting`] : []),
    ...(failed > 0 ? [`${String(failed)} set aside`] : []),
    ...(isMoving ? [`about ${formatDuration(secondsLeft)} left`] : []),
  ].join(', ')
}

/** Why the queue is not what it was, or does not outlive the program. */
export function problemWords(problem: QueueProblem): string {
  switch (problem.kind) {
    case 'held':
      return 'Another Impasto holds the queue of this library: this one ends with its window.'
    case 'newer':
      return 'A newer Impasto wrote the queue of this library, and it was left as it is: this one ends with its window.'
    case 'not-kept':
      return `This queue ends with its window. ${sentenceOf(problem.error, 'window').what}`
    case 'set-aside':
      return `The queue could not be read and was begun anew. What was in it is kept as ${problem.name}.`
    default:
      return assertNever(problem)
  }
}

export interface QueueNews {
  /** For a live region; null where nothing is worth a word. */
  readonly said: string | null
  /** What went wrong. */
  readonly alarm: string | null
}

/** What a screen reader is told of a change. */
export function queueNews(before: readonly QueuedPainting[], after: readonly QueuedPainting[]): QueueNews {
  const failed = after.find((entry) => entry.state === 'failed' && stateOf(before, entry.runId) !== 'failed')
  // One that comes back by an undo was told before.
  const isOld = failed === undefined || stateOf(before, failed.runId) === null
  return {
    said: placeNews(before, after) ?? countNews(before, after),
    alarm: isOld ? null : `${nameOf(failed)}. ${stateWords(failed, null)}`,
  }
}

/** The one that took another place: where the others only made way, that is the one whose place changed most. */
function placeNews(before: readonly QueuedPainting[], after: readonly QueuedPainting[]): string | null {
  const waitingOf = (entries: readonly QueuedPainting[]) => entries.filter(({ state }) => state === 'waiting')
  const [was, is] = [waitingOf(before), waitingOf(after)]
  if (was.length !== is.length) return null
  const steps = is.map(({ runId }, place) => {
    const earlier = was.findIndex((entry) => entry.runId === runId)
    return earlier === -1 ? 0 : Math.abs(place - earlier)
  })
  const most = Math.max(0, ...steps)
  const place = steps.lastIndexOf(most)
  const moved = is[place]
  if (moved === undefined || most === 0) return null
  return `${nameOf(moved)} is now ${String(place + 1)} of ${String(is.length)}`
}

function countNews(before: readonly QueuedPainting[], after: readonly QueuedPainting[]): string | null {
  const [was, is] = [countOf(before, 'waiting'), countOf(after, 'waiting')]
  if (was === is) return null
  if (is === 0) return 'No painting waits'
  return is === 1 ? '1 painting waits' : `${String(is)} paintings wait`
}

function countOf(entries: readonly QueuedPainting[], state: QueuedPainting['state']): number {
  return entries.filter((entry) => entry.state === state).length
}

function stateOf(entries: readonly QueuedPainting[], runId: string): QueuedPainting['state'] | null {
  return entries.find((entry) => entry.runId === runId)?.state ?? null
}
