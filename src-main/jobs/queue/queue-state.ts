/**
 * @file The jobs that wait for their turn, one at a time for the processor, as one state machine: what each event makes
 * of the queue. An event that comes twice or too late, or names a job that is not there, leaves it as it is.
 *
 * [Note: Alone is no queue] Who presses Paint sits before the window and is told there how it ends; who queues is not
 * asked again. So a job that was begun at once, with nobody waiting behind it, leaves the queue when it fails or its
 * program ends: the window offers to go on. Any other is set aside with its reason, or taken up by itself at the next
 * start.
 */
import { z } from 'zod'
import { errorReportSchema, type ErrorReport } from '../../../src-shared/errors/codes'
import { assertNever } from '../../../src-shared/model/assert-never'
import { queueEntryStates } from '../../../src-shared/model/queue'
import { stylizeJobSchema, type StylizeJob } from '../../../src-shared/model/stylize-job'

export const queueEntrySchema = z.strictObject({
  /** As it was frozen; a run that has a checkpoint goes on from it, whatever the job says. */
  job: stylizeJobSchema,
  state: z.enum(queueEntryStates),
  /** Why it failed. */
  error: errorReportSchema.nullable(),
  /** It was queued, not begun at once (see [Note: Alone is no queue]). */
  queued: z.boolean(),
})
export type QueueEntry = Readonly<z.infer<typeof queueEntrySchema>>

export interface QueueState {
  /** The one under way first, then those that wait in their order, then those that are set aside, the latest first. */
  readonly entries: readonly QueueEntry[]
  /** No other job is taken when one ends. */
  readonly isPaused: boolean
}

export const emptyQueue: QueueState = { entries: [], isPaused: false }

/** Where an entry stood that was removed, so that it can be put back. */
export interface RemovedEntry {
  readonly entry: QueueEntry
  readonly place: number
}

export type QueueEvent =
  | { readonly kind: 'queued'; readonly job: StylizeJob }
  /** At once, or because its turn has come. */
  | { readonly kind: 'begun'; readonly job: StylizeJob }
  | { readonly kind: 'paused' | 'resumed' | 'ended' | 'retried'; readonly runId: string }
  | { readonly kind: 'failed'; readonly runId: string; readonly error: ErrorReport }
  /** `place`: among those that wait, from 0. */
  | { readonly kind: 'moved'; readonly runId: string; readonly place: number }
  | { readonly kind: 'removed'; readonly runIds: readonly string[] }
  | { readonly kind: 'restored'; readonly removed: readonly RemovedEntry[] }
  | { readonly kind: 'queue-paused' | 'queue-resumed' }
  /** The program that held the queue has ended, and another one has opened it. */
  | { readonly kind: 'reopened' }

export function nextQueue(queue: QueueState, event: QueueEvent): QueueState {
  switch (event.kind) {
    case 'queued':
      return entryOf(queue, event.job.runId) === null ? withEntry(queue, waitingEntry(event.job)) : queue
    case 'begun':
      return begun(queue, event.job)
    case 'paused':
      return changed(queue, event.runId, ['running'], { state: 'paused' })
    case 'resumed':
      return changed(queue, event.runId, ['paused'], { state: 'running' })
    case 'ended':
      return isUnderWay(entryOf(queue, event.runId)) ? without(queue, [event.runId]) : queue
    case 'failed':
      return failed(queue, event.runId, event.error)
    case 'retried':
      return changed(queue, event.runId, ['failed'], { state: 'waiting', error: null, queued: true })
    case 'moved':
      return moved(queue, event.runId, event.place)
    case 'removed':
      return without(
        queue,
        event.runIds.filter((runId) => !isUnderWay(entryOf(queue, runId))),
      )
    case 'restored':
      return restored(queue, event.removed)
    case 'queue-paused':
      return queue.isPaused ? queue : { ...queue, isPaused: true }
    case 'queue-resumed':
      return queue.isPaused ? { ...queue, isPaused: false } : queue
    case 'reopened':
      return reopened(queue)
    default:
      return assertNever(event)
  }
}

export function entryOf({ entries }: QueueState, runId: string): QueueEntry | null {
  return entries.find(({ job }) => job.runId === runId) ?? null
}

export function underWay({ entries }: QueueState): QueueEntry | null {
  return entries.find(isUnderWay) ?? null
}

export function waiting({ entries }: QueueState): readonly QueueEntry[] {
  return entries.filter(({ state }) => state === 'waiting')
}

/** The entries that an event `removed` would take out, with their places. */
export function removable({ entries }: QueueState, runIds: readonly string[]): readonly RemovedEntry[] {
  return entries.flatMap((entry, place) =>
    runIds.includes(entry.job.runId) && !isUnderWay(entry) ? [{ entry, place }] : [],
  )
}

function isUnderWay(entry: QueueEntry | null): boolean {
  return entry?.state === 'running' || entry?.state === 'paused'
}

function waitingEntry(job: StylizeJob): QueueEntry {
  return { job, state: 'waiting', error: null, queued: true }
}

/** See [Note: Alone is no queue]. */
function isAlone(queue: QueueState, entry: QueueEntry): boolean {
  return !entry.queued && waiting(queue).length === 0
}

/** A job that is in the queue already, waiting or set aside, begins from there. One at a time. */
function begun(queue: QueueState, job: StylizeJob): QueueState {
  if (underWay(queue) !== null) return queue
  const queued = entryOf(queue, job.runId)?.queued ?? false
  const entry: QueueEntry = { job, state: 'running', error: null, queued }
  return withEntry(without(queue, [job.runId]), entry)
}

function failed(queue: QueueState, runId: string, error: ErrorReport): QueueState {
  const entry = entryOf(queue, runId)
  if (entry === null || !isUnderWay(entry)) return queue
  if (isAlone(queue, entry)) return without(queue, [runId])
  return changed(queue, runId, ['running', 'paused'], { state: 'failed', error })
}

function moved(queue: QueueState, runId: string, place: number): QueueState {
  const entry = entryOf(queue, runId)
  const others = waiting(queue).filter(({ job }) => job.runId !== runId)
  if (entry?.state !== 'waiting' || place < 0 || place > others.length) return queue
  const inOrder = [...others.slice(0, place), entry, ...others.slice(place)]
  const rest = queue.entries.filter(({ state }) => state !== 'waiting')
  return { ...queue, entries: arranged([...rest, ...inOrder]) }
}

/** What was taken up meanwhile, under the same id, stays as it is. */
function restored(queue: QueueState, removed: readonly RemovedEntry[]): QueueState {
  const entries = [...queue.entries]
  for (const { entry, place } of [...removed].sort((one, other) => one.place - other.place)) {
    if (entryOf(queue, entry.job.runId) === null) entries.splice(place, 0, entry)
  }
  return { ...queue, entries: arranged(entries) }
}

/** What ran waits again, before the others; where it was paused, the queue is. */
function reopened(queue: QueueState): QueueState {
  const interrupted = underWay(queue)
  if (interrupted === null) return queue
  const { runId } = interrupted.job
  if (isAlone(queue, interrupted)) return without(queue, [runId])
  const next = changed(queue, runId, ['running', 'paused'], { state: 'waiting' })
  return interrupted.state === 'paused' ? { ...next, isPaused: true } : next
}

function changed(
  queue: QueueState,
  runId: string,
  from: readonly QueueEntry['state'][],
  changes: Partial<QueueEntry>,
): QueueState {
  const entry = entryOf(queue, runId)
  if (entry === null || !from.includes(entry.state)) return queue
  const entries = queue.entries.map((other) => (other === entry ? { ...entry, ...changes } : other))
  return { ...queue, entries: arranged(entries) }
}

function withEntry(queue: QueueState, entry: QueueEntry): QueueState {
  return { ...queue, entries: arranged([...queue.entries, entry]) }
}

function without(queue: QueueState, runIds: readonly string[]): QueueState {
  const entries = queue.entries.filter(({ job }) => !runIds.includes(job.runId))
  return entries.length === queue.entries.length ? queue : { ...queue, entries }
}

const ranks: Readonly<Record<QueueEntry['state'], number>> = { running: 0, paused: 0, waiting: 1, failed: 2 }

function arranged(entries: readonly QueueEntry[]): readonly QueueEntry[] {
  return [...entries].sort((one, other) => ranks[one.state] - ranks[other.state])
}
