/** @file The queue of paintings as the window shows it: which wait for their turn, and which were set aside. */
import { z } from 'zod'
import { errorReportSchema } from '../errors/codes'
import { runIdSchema, shownImageSchema } from './run-state'
import { styleRecipeSchema } from './style-recipe'

export const queueEntryStates = ['waiting', 'running', 'paused', 'failed'] as const

/** A picture of a queued painting: what it is called, and how it looks; null where its file is gone. */
const queuedPictureSchema = z.object({ name: z.string(), shown: shownImageSchema.nullable() })

export const queuedPaintingSchema = z.object({
  runId: runIdSchema,
  state: z.enum(queueEntryStates),
  /** Why it was set aside. */
  error: errorReportSchema.nullable(),
  /** As it is framed. */
  photograph: queuedPictureSchema,
  painting: queuedPictureSchema,
  recipe: styleRecipeSchema,
  additionalIterations: z.int().min(0),
  /** The iteration that it goes on from; 0 where it has yet to begin. */
  savedIteration: z.int().min(0),
})
export type QueuedPainting = Readonly<z.infer<typeof queuedPaintingSchema>>

/**
 * Why the queue is not what it was, or does not outlive the program: another Impasto holds this library's, a newer one
 * wrote it, or the disk does not let us read or write it. What cannot be understood is kept under another name.
 */
export const queueProblemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('held') }),
  z.object({ kind: z.literal('newer') }),
  z.object({ kind: z.literal('not-kept'), error: errorReportSchema }),
  z.object({ kind: z.literal('set-aside'), name: z.string() }),
])
export type QueueProblem = Readonly<z.infer<typeof queueProblemSchema>>

export const paintingQueueSchema = z.object({
  /** The one under way first, then those that wait in their order, then those that were set aside. */
  entries: z.array(queuedPaintingSchema),
  isPaused: z.boolean(),
  problem: queueProblemSchema.nullable(),
})
export type PaintingQueue = Readonly<z.infer<typeof paintingQueueSchema>>
