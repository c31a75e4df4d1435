/** @file A painting of the library, as the strip of results knows it. */
import { z } from 'zod'
import { runIdSchema } from './run-state'
import { styleRecipeSchema } from './style-recipe'
import { imageIdSchema } from './window-picture'

export const resultSchema = z.object({
  runId: runIdSchema,
  /** What a person calls the photograph and the painting that it was made from. */
  photograph: z.string(),
  painting: z.string(),
  recipe: styleRecipeSchema,
  /** Milliseconds since 1970. */
  ended: z.number(),
  /** Iterations done, of how many. */
  iteration: z.int().min(0),
  total: z.int().min(0),
  /** A small copy; null where there is none yet. */
  thumbnail: imageIdSchema.nullable(),
})
export type Result = Readonly<z.infer<typeof resultSchema>>
