/**
 * @file How a painting stands, and what can be wished of it: one state machine, which main obeys and the window draws
 * its buttons from.
 *
 * [Note: Twice or too late] Wishes and events cross on their way: a second press comes before the first is answered,
 * a pause arrives when the last iteration is done. So a wish that is not possible any more is let fall without a word,
 * and an event that does not fit leaves the status as it is.
 */

export const runStatuses = [
  'preparing',
  'painting',
  'pausing',
  'paused',
  'stopping',
  'saving',
  'finished',
  'stopped',
  'failed',
] as const
export type RunStatus = (typeof runStatuses)[number]

/**
 * - `paint`: begin a painting
 * - `start-again`: end the one under way, keep what there is of it, and begin another
 * - `stop`: end early and save; `stop-now`: do not even wait for the step, or for the picture to be saved
 * - `continue`: go on from the checkpoint of a painting that ended
 * - `retry`: begin anew what failed before anything of it was saved
 * - `save`: hand the finished picture on (save as, copy, show in its folder)
 */
export type RunWish =
  'paint' | 'start-again' | 'pause' | 'resume' | 'stop' | 'stop-now' | 'continue' | 'retry' | 'save'

/** What of a run decides which wishes are possible. */
export interface RunStanding {
  readonly status: RunStatus
  /** The iteration up to which it is safe in a checkpoint; 0 where there is none. */
  readonly savedIteration: number
}

const wishes: Readonly<Record<RunStatus, readonly RunWish[]>> = {
  preparing: ['start-again', 'pause', 'stop'],
  painting: ['start-again', 'pause', 'stop'],
  pausing: ['start-again', 'resume', 'stop'],
  paused: ['start-again', 'resume', 'stop'],
  stopping: ['start-again', 'stop-now'],
  // A disk that hangs never lets it come to its end.
  saving: ['start-again', 'stop-now'],
  finished: ['paint', 'continue', 'save'],
  stopped: ['paint', 'continue', 'save'],
  failed: ['paint', 'continue', 'retry'],
}

/** Whether something can be wished of a run; of no run only that it be painted. */
export function canWish(run: RunStanding | null, wish: RunWish): boolean {
  if (run === null) return wish === 'paint'
  if (!wishes[run.status].includes(wish)) return false
  if (wish === 'continue') return run.savedIteration > 0
  if (wish === 'retry') return run.savedIteration === 0
  return true
}

/** The run is under way: it holds the engine, and stopping it means something. */
export function isUnderWay(status: RunStatus): boolean {
  return status !== 'finished' && status !== 'stopped' && status !== 'failed'
}

/** What happens to a run, as far as its status hears of it. */
export type RunOccurrence =
  | 'started'
  | 'asked to pause'
  | 'asked to resume'
  | 'asked to stop'
  | 'prepares'
  | 'paints'
  | 'waits'
  | 'saves'
  | 'finished'
  | 'stopped'
  | 'failed'

/** Where each occurrence leads from each status; what is not named leaves the status as it is. */
const transitions: Readonly<Record<RunStatus, Partial<Readonly<Record<RunOccurrence, RunStatus>>>>> = {
  preparing: {
    'asked to pause': 'pausing',
    'asked to stop': 'stopping',
    paints: 'painting',
    saves: 'saving',
  },
  painting: {
    'asked to pause': 'pausing',
    'asked to stop': 'stopping',
    prepares: 'preparing',
    saves: 'saving',
  },
  pausing: { 'asked to resume': 'painting', 'asked to stop': 'stopping', waits: 'paused', saves: 'saving' },
  paused: { 'asked to resume': 'painting', 'asked to stop': 'stopping', saves: 'saving' },
  stopping: { saves: 'saving' },
  saving: {},
  finished: {},
  stopped: {},
  failed: {},
}

/** The status after something happened, or after nothing that it hears of; `started` begins anew from any. */
export function statusAfter(status: RunStatus, occurrence: RunOccurrence | null): RunStatus {
  switch (occurrence) {
    case null:
      return status
    case 'started':
      return 'preparing'
    case 'finished':
    case 'stopped':
    case 'failed':
      return isUnderWay(status) ? occurrence : status
    default:
      return transitions[status][occurrence] ?? status
  }
}
