/**
 * @file The state of one painting in the window: a projection of its events. Main keeps it for a window that has
 * to be loaded anew, the window's store keeps it for the screen, and both use this one reducer.
 */
import { z } from 'zod'
import { noticeSchema, taskEventSchema, type Notice, type TaskEvent } from '../contract/task-events'
import { errorReportSchema } from '../errors/codes'
import { assertNever } from './assert-never'
import { framingSchema } from './framing'
import { imageIdSchema, windowPictureSchema } from './window-picture'
import { styleRecipeSchema } from './style-recipe'

const pixels = z.int().min(1)

/** An image that the window can show, with its size. */
export const shownImageSchema = z.object({ image: imageIdSchema, width: pixels, height: pixels })
export type ShownImage = Readonly<z.infer<typeof shownImageSchema>>

/** What a painting starts with; it never changes afterwards. */
export const runStartSchema = z.object({
  runId: z.string(),
  photograph: windowPictureSchema,
  framing: framingSchema,
  /** The photograph as it is framed. */
  framed: shownImageSchema,
  painting: windowPictureSchema,
  recipe: styleRecipeSchema,
  additionalIterations: z.int().min(0),
})
export type RunStart = Readonly<z.infer<typeof runStartSchema>>

export const runStatusSchema = z.enum([
  'preparing',
  'painting',
  'pausing',
  'paused',
  'stopping',
  'saving',
  'done',
  'failed',
])
export type RunStatus = z.infer<typeof runStatusSchema>

/** What happens to a painting, as the window hears it. */
export const runEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), start: runStartSchema }),
  /** What the engine tells, without the pixels of previews and the paths of files. */
  z.object({ kind: z.literal('task'), event: taskEventSchema }),
  z.object({ kind: z.literal('preview'), iteration: z.int(), shown: shownImageSchema }),
  z.object({ kind: z.literal('asked'), control: z.enum(['pause', 'resume', 'stop']) }),
  z.object({
    kind: z.literal('done'),
    shown: shownImageSchema,
    iteration: z.int(),
    complete: z.boolean(),
    seconds: z.number(),
  }),
  z.object({ kind: z.literal('failed'), error: errorReportSchema }),
])
export type RunEvent = z.infer<typeof runEventSchema>

export const runStateSchema = z.object({
  start: runStartSchema,
  status: runStatusSchema,
  scale: z.int(),
  scales: z.int(),
  /** Iterations that are done, and that are planned, over the whole run. */
  iteration: z.int(),
  total: z.int(),
  /** Size of the scale that is being painted. */
  width: z.int(),
  height: z.int(),
  seconds: z.number(),
  secondsLeft: z.number().nullable(),
  losses: z.object({ content: z.number(), style: z.number() }).nullable(),
  /** The newest picture, and the iteration that it shows. */
  shown: shownImageSchema.extend({ iteration: z.int() }).nullable(),
  /** The iteration up to which the run is safe on the disk. */
  savedIteration: z.int(),
  /** The last thing to know about it although nothing failed. */
  notice: noticeSchema.nullable(),
  error: errorReportSchema.nullable(),
  /** The last iteration that was planned has been painted. */
  complete: z.boolean(),
})
export type RunState = Readonly<z.infer<typeof runStateSchema>>

export function startedRun(start: RunStart): RunState {
  return {
    start,
    status: 'preparing',
    scale: 0,
    scales: 0,
    iteration: 0,
    total: 0,
    width: 0,
    height: 0,
    seconds: 0,
    secondsLeft: null,
    losses: null,
    shown: null,
    savedIteration: 0,
    notice: null,
    error: null,
    complete: false,
  }
}

/** The run is under way: it holds the engine, and stopping it means something. */
export function isUnderWay(status: RunStatus): boolean {
  return status !== 'done' && status !== 'failed'
}

/** The state after an event. A `started` event begins a new run; any other needs a run to belong to. */
export function nextRunState(state: RunState | null, event: RunEvent): RunState | null {
  if (event.kind === 'started') {
    const continued = state?.start.runId === event.start.runId ? state.shown : null
    return { ...startedRun(event.start), shown: continued }
  }
  if (state === null) return null
  switch (event.kind) {
    case 'task':
      return afterTaskEvent(state, event.event)
    case 'preview':
      return { ...state, shown: { ...event.shown, iteration: event.iteration } }
    case 'asked':
      return { ...state, status: statusWhenAsked[event.control] }
    case 'done':
      return {
        ...state,
        status: 'done',
        shown: { ...event.shown, iteration: event.iteration },
        iteration: event.iteration,
        savedIteration: event.iteration,
        complete: event.complete,
        seconds: event.seconds,
        secondsLeft: null,
        notice: null,
      }
    case 'failed':
      return { ...state, status: 'failed', error: event.error, secondsLeft: null }
    default:
      return assertNever(event)
  }
}

const statusWhenAsked = { pause: 'pausing', resume: 'painting', stop: 'stopping' } as const

function afterTaskEvent(state: RunState, event: TaskEvent): RunState {
  switch (event.event) {
    case 'phase':
      return {
        ...state,
        status: statusInPhase(state.status, event.phase),
        scale: event.scale,
        scales: event.scales,
        width: event.width,
        height: event.height,
      }
    case 'iteration':
      return {
        ...state,
        status: state.status === 'preparing' ? 'painting' : state.status,
        scale: event.scale,
        scales: event.scales,
        iteration: event.iteration,
        total: event.total,
        seconds: event.seconds,
        secondsLeft: event.secondsLeft,
        losses: { content: event.contentLoss, style: event.styleLoss },
      }
    case 'checkpoint':
      // A run that was asked to pause writes a checkpoint as its last act before it waits.
      return {
        ...state,
        savedIteration: event.iteration,
        status: state.status === 'pausing' ? 'paused' : state.status,
      }
    case 'notice':
      return afterNotice(state, event.notice)
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

function statusInPhase(status: RunStatus, phase: Extract<TaskEvent, { event: 'phase' }>['phase']): RunStatus {
  if (status === 'pausing' || status === 'paused' || status === 'stopping') return status
  if (phase === 'save') return 'saving'
  return phase === 'paint' ? 'painting' : 'preparing'
}
