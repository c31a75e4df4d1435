/** @file What a painting tells while it is made. */
import { z } from 'zod'
import {
  checkpointEventSchema,
  doneEventSchema,
  iterationEventSchema,
  noticeEventSchema,
  pausedEventSchema,
  phaseEventSchema,
  previewEventSchema,
  taskNotices,
} from './task-events'

const count = z.int().min(0)
/** `scale` of `scales`, counted from 1. */
const scaleShape = { scale: count, scales: count }

export const noticeSchema = z.discriminatedUnion('code', [
  ...taskNotices,
  z.object({ code: z.literal('photograph-enlarged'), from: count, to: count }),
  z.object({ code: z.literal('optimiser-rolled-back'), iteration: count, optimiser: z.literal('adam') }),
])
export type Notice = z.infer<typeof noticeSchema>

export const paintingEventSchema = z.discriminatedUnion('event', [
  phaseEventSchema.extend({
    phase: z.enum(['load', 'targets', 'paint', 'save']),
    ...scaleShape,
    width: count,
    height: count,
  }),
  /** contentLoss: content MSE; styleLoss: sum over layers of Gram MSE / C^2. */
  iterationEventSchema.extend({ ...scaleShape, contentLoss: z.number(), styleLoss: z.number() }),
  previewEventSchema,
  checkpointEventSchema,
  pausedEventSchema,
  noticeEventSchema.extend({ notice: noticeSchema }),
  doneEventSchema,
])
export type PaintingEvent = z.infer<typeof paintingEventSchema>
export type PaintingEventOf<Kind extends PaintingEvent['event']> = Extract<PaintingEvent, { event: Kind }>
