/** @file What the window and the main process say to each other of the queue; part of window-contract.ts. */
import { z } from 'zod'
import { framingSchema } from '../model/framing'
import { paintingQueueSchema } from '../model/queue'
import { runIdSchema } from '../model/run-state'
import { styleRecipeSchema } from '../model/style-recipe'
import { imageIdSchema } from '../model/window-picture'

const nothing = z.object({})
const runId = runIdSchema

/** The pair and the recipe of a painting, as they are when it is asked for. */
export const paintingRequestSchema = z.object({
  photograph: imageIdSchema,
  framing: framingSchema,
  painting: imageIdSchema,
  initialImage: imageIdSchema.nullable(),
  recipe: styleRecipeSchema,
})

export const queueRequests = {
  /** Adds a painting at the end of the queue; it begins at once where nothing is under way. */
  queuePainting: { arguments: paintingRequestSchema, value: nothing },
  /** `place`: among those that wait, from 0. */
  moveQueued: { arguments: z.object({ runId, place: z.int().min(0) }), value: nothing },
  /** Takes out paintings that wait or were set aside; what is painted of them stays. */
  removeQueued: { arguments: z.object({ runIds: z.array(runId) }), value: nothing },
  /** Puts back what was taken out, where it was. */
  restoreQueued: { arguments: z.object({ runIds: z.array(runId) }), value: nothing },
  /** Has a painting that was set aside wait again, after all others. */
  retryQueued: { arguments: z.object({ runId }), value: nothing },
  /** While it is paused no other painting begins when the one under way ends. */
  pauseQueue: { arguments: z.object({ isPaused: z.boolean() }), value: nothing },
} as const satisfies Record<string, { arguments: z.ZodType; value: z.ZodType }>

export const queueEvents = {
  /** The queue as it stands after a change. */
  queue: paintingQueueSchema,
} as const satisfies Record<string, z.ZodType>
