/** @file What is known of a picture file before it is used. */
import { z } from 'zod'

export const pictureSchema = z.object({
  /** Size in pixels after the camera's orientation has been applied. */
  width: z.int(),
  height: z.int(),
  format: z.string(),
  bytes: z.number(),
  hasAlpha: z.boolean(),
  /** The recipe found in the file, where it is a painting made by Impasto. */
  recipe: z.unknown().optional(),
})
export type Picture = Readonly<z.infer<typeof pictureSchema>>
