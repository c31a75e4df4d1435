/** @file What a running task tells: plain data that travels up from the engine to the window or the terminal. */
import { z } from 'zod'

const count = z.int().min(0)

/** What a person should know although nothing failed; worded in notices.ts. */
export const noticeSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('photograph-enlarged'), from: count, to: count }),
  z.object({ code: z.literal('optimiser-rolled-back'), iteration: count, optimiser: z.literal('adam') }),
  z.object({ code: z.literal('resumed'), iteration: count }),
  z.object({
    code: z.literal('engine-restarted'),
    iteration: count,
    cause: z.enum(['memory', 'crash', 'signal']),
  }),
  /** The state could not be written into the run's folder; the painting goes on all the same. */
  z.object({ code: z.literal('unsaved'), reason: z.enum(['disk-full', 'unwritable']) }),
])
export type Notice = z.infer<typeof noticeSchema>

export const taskEventSchema = z.discriminatedUnion('event', [
  /** A part of the work begins. `scale` counts from 1. */
  z.object({
    event: z.literal('phase'),
    phase: z.enum(['load', 'targets', 'paint', 'save']),
    scale: count,
    scales: count,
    width: count,
    height: count,
  }),
  /**
   * One iteration is done. `iteration` of `total` counts over the whole run; `seconds` since its start.
   * contentLoss: content MSE; styleLoss: sum over layers of Gram MSE / C^2. `secondsLeft` is null until measured.
   */
  z.object({
    event: z.literal('iteration'),
    scale: count,
    scales: count,
    iteration: count,
    total: count,
    seconds: z.number(),
    secondsLeft: z.number().nullable(),
    contentLoss: z.number(),
    styleLoss: z.number(),
  }),
  /** The picture so far: an encoded JPEG in base64. At most five a second; the latest wins. */
  z.object({
    event: z.literal('preview'),
    iteration: count,
    width: count,
    height: count,
    jpeg: z.string(),
  }),
  /** The state up to `iteration` is safe on the disk. */
  z.object({ event: z.literal('checkpoint'), iteration: count }),
  /** It waits, as it was asked to, until it is told to go on. */
  z.object({ event: z.literal('paused'), iteration: count }),
  z.object({ event: z.literal('notice'), notice: noticeSchema }),
  /** The picture is saved. `complete` is false where the run was stopped before its last iteration. */
  z.object({
    event: z.literal('done'),
    output: z.string(),
    seconds: z.number(),
    iteration: count,
    complete: z.boolean(),
  }),
])
export type TaskEvent = z.infer<typeof taskEventSchema>
export type TaskEventOf<Kind extends TaskEvent['event']> = Extract<TaskEvent, { event: Kind }>
