/** @file How a photograph is framed before it is painted: turned, straightened, cropped. */
import { z } from 'zod'

export const framingSchema = z.strictObject({
  /** Quarter turns clockwise, after the camera's own orientation has been applied. */
  quarterTurns: z.int().min(0).max(3).default(0),
  /** Degrees clockwise; the largest upright rectangle of the same aspect inside the turned picture is kept. */
  straighten: z.number().min(-45).max(45).default(0),
  /** The part that is kept, as fractions of the turned and straightened picture. */
  crop: z
    .strictObject({
      left: z.number().min(0).max(1),
      top: z.number().min(0).max(1),
      width: z.number().gt(0).max(1),
      height: z.number().gt(0).max(1),
    })
    .default({ left: 0, top: 0, width: 1, height: 1 }),
})

export type Framing = Readonly<z.infer<typeof framingSchema>>

export const wholePicture: Framing = framingSchema.parse({})
