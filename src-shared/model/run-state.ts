/**
 * @file The state of one painting in the window: a projection of its events. Main keeps it for a window that has
 * to be loaded anew, the window's store keeps it for the screen, and both use this one reducer.
 */
import { z } from 'zod'
import {
  noticeSchema,
  paintingEventSchema,
  type Notice,
  type PaintingEvent,
} from '../contract/painting-events'
import { errorReportSchema, type ErrorReport } from '../errors/codes'
import { scheduleOf, totalIterations } from '../math/schedule'
import { assertNever } from './assert-never'
import { framingSchema } from './framing'
import { runStatuses, statusAfter, type RunOccurrence } from './run-status'
import { styleRecipeSchema } from './style-recipe'
import { imageIdSchema, windowPictureSchema } from './window-picture'

const pixels = z.int().min(1)
const count = z.int().min(0)

/** An image that the window can show, with its size. */
export const shownImageSchema = z.object({ image: imageIdSchema, width: pixels, height: pixels })
export type ShownImage = Readonly<z.infer<typeof shownImageSchema>>

export const runIdSchema = z.string().regex(/^[\w-]{1,80}$/)

/** What a painting starts with; it never changes afterwards. */
export const runStartSchema = z.object({
  runId: runIdSchema,
  photograph: windowPictureSchema,
  framing: framingSchema,
  /** The photograph as it is framed. */
  framed: shownImageSchema,
  painting: windowPictureSchema,
  recipe: styleRecipeSchema,
  /** What it starts from, where the recipe says so; null also where that is gone. */
  initialImage: windowPictureSchema.nullable(),
  additionalIterations: count,
  /** The iteration of the checkpoint that it goes on from; 0 where it begins. */
  resumedFrom: count,
})
export type RunStart = Readonly<z.infer<typeof runStartSchema>>

export const runControlSchema = z.enum(['pause', 'resume', 'stop'])
export type RunControl = z.infer<typeof runControlSchema>

/** What happens to a painting, as the window hears it. */
export const runEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), start: runStartSchema }),
  /** What the engine tells, without the pixels of previews and the paths of files. */
  z.object({ kind: z.literal('task'), event: paintingEventSchema }),
  z.object({ kind: z.literal('preview'), iteration: z.int(), shown: shownImageSchema }),
  z.object({ kind: z.literal('asked'), control: runControlSchema }),
  z.object({
    kind: z.literal('done'),
    shown: shownImageSchema,
    iteration: z.int(),
    /** The last iteration that was planned has been painted. */
    complete: z.boolean(),
    seconds: z.number(),
  }),
  z.object({ kind: z.literal('failed'), error: errorReportSchema }),
])
export type RunEvent = z.infer<typeof runEventSchema>

export const runStateSchema = z.object({
  start: runStartSchema,
  status: z.enum(runStatuses),
  /** Counts from 1; 0 before the first. */
  scale: count,
  scales: count,
  /** Iterations that are done, and that are planned, over the whole run. */
  iteration: count,
  total: count,
  /** Size of the scale that is being painted. */
  width: count,
  height: count,
  seconds: z.number(),
  secondsLeft: z.number().nullable(),
  losses: z.object({ content: z.number(), style: z.number() }).nullable(),
  /** The newest picture, and the iteration that it shows. */
  shown: shownImageSchema.extend({ iteration: z.int() }).nullable(),
  /** The iteration up to which the run is safe in a checkpoint; 0 where there is none. */
  savedIteration: count,
  /** The last thing to know about it although nothing failed. */
  notice: noticeSchema.nullable(),
  error: errorReportSchema.nullable(),
})
export type RunState = Readonly<z.infer<typeof runStateSchema>>

export function startedRun(start: RunStart): RunState {
  const schedule = scheduleOf(start.framed, start.recipe, start.additionalIterations)
  return {
    start,
    status: 'preparing',
    scale: 0,
    scales: schedule.length,
    iteration: start.resumedFrom,
    total: totalIterations(schedule),
    width: 0,
    height: 0,
    seconds: 0,
    secondsLeft: null,
    losses: null,
    shown: null,
    savedIteration: start.resumedFrom,
    notice: null,
    error: null,
  }
}

/** The state after an event. A `started` event begins a new run; any other needs a run to belong to. */
export function nextRunState(state: RunState | null, event: RunEvent): RunState | null {
  if (event.kind === 'started') {
    const continued = state?.start.runId === event.start.runId ? state.shown : null
    return { ...startedRun(event.start), shown: continued }
  }
  if (state === null) return null
  const next = { ...state, status: statusAfter(state.status, occurrenceOf(event)) }
  switch (event.kind) {
    case 'task':
      return afterTaskEvent(next, event.event)
    case 'preview':
      return { ...next, shown: { ...event.shown, iteration: event.iteration } }
    case 'asked':
      return next
    case 'done':
      return {
        ...next,
        shown: { ...event.shown, iteration: event.iteration },
        iteration: event.iteration,
        seconds: event.seconds,
        secondsLeft: null,
        notice: null,
      }
    case 'failed':
      return {
        ...next,
        error: event.error,
        secondsLeft: null,
        savedIteration: UNUSABLE.has(event.error.code) ? 0 : next.savedIteration,
      }
    default:
      return assertNever(event)
  }
}

/** Failures that say that there is no checkpoint to go on from. */
const UNUSABLE: ReadonlySet<ErrorReport['code']> = new Set<ErrorReport['code']>([
  'checkpoint-foreign',
  'nothing-to-resume',
])

const whenAsked = { pause: 'asked to pause', resume: 'asked to resume', stop: 'asked to stop' } as const

/** What an event means for the status; null where it says nothing of it. */
function occurrenceOf(event: Exclude<RunEvent, { kind: 'started' }>): RunOccurrence | null {
  switch (event.kind) {
    case 'task':
      return taskOccurrence(event.event)
    case 'preview':
      return null
    case 'asked':
      return whenAsked[event.control]
    case 'done':
      return event.complete ? 'finished' : 'stopped'
    case 'failed':
      return 'failed'
    default:
      return assertNever(event)
  }
}

function taskOccurrence(event: PaintingEvent): RunOccurrence | null {
  switch (event.event) {
    case 'phase':
      return phaseOccurrence[event.phase]
    case 'iteration':
      return 'paints'
    case 'paused':
      return 'waits'
    case 'checkpoint':
    case 'notice':
    case 'preview':
    case 'done':
      return null
    default:
      return assertNever(event)
  }
}

const phaseOccurrence = { load: 'prepares', targets: 'prepares', paint: 'paints', save: 'saves' } as const

function afterTaskEvent(state: RunState, event: PaintingEvent): RunState {
  switch (event.event) {
    case 'phase':
      return {
        ...state,
        scale: event.scale,
        scales: event.scales,
        width: event.width,
        height: event.height,
      }
    case 'iteration':
      return {
        ...state,
        scale: event.scale,
        scales: event.scales,
        iteration: event.iteration,
        total: event.total,
        seconds: event.seconds,
        secondsLeft: event.secondsLeft,
        losses: { content: event.contentLoss, style: event.styleLoss },
      }
    case 'checkpoint':
      return {
        ...state,
        savedIteration: event.iteration,
        notice: state.notice?.code === 'unsaved' ? null : state.notice,
      }
    case 'notice':
      return afterNotice(state, event.notice)
    case 'paused':
    case 'preview':
    case 'done':
      return state
    default:
      return assertNever(event)
  }
}

function afterNotice(state: RunState, notice: Notice): RunState {
  if (notice.code !== 'resumed') return { ...state, notice }
  const { iteration } = notice
  // An engine that replaces a dead one resumes, which the notice of the death has already said.
  const told = state.notice?.code === 'engine-restarted' ? state.notice : notice
  return { ...state, notice: told, iteration, savedIteration: iteration }
}
