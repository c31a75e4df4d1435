/** @file How a picture on the desk is found again at the next start. */
import { z } from 'zod'

export const pictureReferenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample'), file: z.string() }),
  z.object({
    kind: z.literal('file'),
    path: z.string(),
    /** What tells that the file is still the same, so that it need not be read again: size and time of change. */
    bytes: z.number(),
    changed: z.number(),
    width: z.int().min(1),
    height: z.int().min(1),
    hasAlpha: z.boolean(),
  }),
])
export type PictureReference = Readonly<z.infer<typeof pictureReferenceSchema>>
