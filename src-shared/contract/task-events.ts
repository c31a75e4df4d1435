/**
 * @file What every long task tells, as plain data that travels up from the engine: the common core, which each kind of
 * task extends by its own (see painting-events.ts). An iteration is what a task repeats and can be stopped between.
 */
import { z } from 'zod'

const count = z.int().min(0)

/** A part of the work begins; each kind of task names its own. */
export const phaseEventSchema = z.object({ event: z.literal('phase'), phase: z.string() })

/** One iteration of `total` is done, counted over the whole run; `secondsLeft` is null until it was measured. */
export const iterationEventSchema = z.object({
  event: z.literal('iteration'),
  iteration: count,
  total: count,
  /** Of work since the start of the run. */
  seconds: z.number(),
  secondsLeft: z.number().nullable(),
})

/** The picture so far: an encoded JPEG in base64. At most five a second; the latest wins. */
export const previewEventSchema = z.object({
  event: z.literal('preview'),
  iteration: count,
  width: count,
  height: count,
  jpeg: z.string(),
})

/** The state up to `iteration` is safe on the disk. */
export const checkpointEventSchema = z.object({ event: z.literal('checkpoint'), iteration: count })

/** It waits, as it was asked to, until it is told to go on. */
export const pausedEventSchema = z.object({ event: z.literal('paused'), iteration: count })

/** What a person should know although nothing failed; worded in notices.ts. */
export const taskNotices = [
  z.object({ code: z.literal('resumed'), iteration: count }),
  z.object({
    code: z.literal('engine-restarted'),
    iteration: count,
    cause: z.enum(['memory', 'crash', 'signal']),
  }),
  /** The state could not be written into the run's folder; the work goes on all the same. */
  z.object({ code: z.literal('unsaved'), reason: z.enum(['disk-full', 'unwritable']) }),
] as const

export const noticeEventSchema = z.object({
  event: z.literal('notice'),
  notice: z.discriminatedUnion('code', taskNotices),
})
export type TaskNoticeEvent = z.infer<typeof noticeEventSchema>

/** The result is saved. `complete` is false where the run was stopped before its last iteration. */
export const doneEventSchema = z.object({
  event: z.literal('done'),
  output: z.string(),
  seconds: z.number(),
  iteration: count,
  complete: z.boolean(),
})
