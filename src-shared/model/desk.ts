/**
 * @file What lies on the desk: the pictures at hand, the chosen ones, the recipe, and what is looked at. It is kept
 * from one start to the next; the window names pictures by id, the file by where they lie.
 */
import { z } from 'zod'
import { framingSchema } from './framing'
import { runIdSchema } from './run-state'
import { styleRecipeSchema } from './style-recipe'
import { imageIdSchema } from './window-picture'

/** Pictures of a shelf that are kept for the next start; the latest, where there are more. */
export const MOST_KEPT = 500

/** A desk whose pictures are named by `reference`. */
export function deskOf<Reference extends z.ZodType>(reference: Reference) {
  return z.object({
    /** On the shelves, in their order. */
    photographs: z.array(reference).max(MOST_KEPT),
    paintings: z.array(reference).max(MOST_KEPT),
    photograph: reference.nullable(),
    framing: framingSchema,
    painting: reference.nullable(),
    initialImage: reference.nullable(),
    recipe: styleRecipeSchema,
    /** The painting on the stage; null where the pair is. */
    shown: runIdSchema.nullable(),
  })
}

export const deskSchema = deskOf(imageIdSchema)
export type Desk = Readonly<z.infer<typeof deskSchema>>
