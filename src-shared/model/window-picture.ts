/**
 * @file A picture as the window knows it.
 *
 * [Note: The window knows images by id] The renderer never holds a path of the disk, so it can neither read nor
 * leak one. Main keeps which file an id stands for and serves `impasto://image/<id>`.
 */
import { z } from 'zod'

export const imageIdSchema = z.string().regex(/^[\w-]{1,80}$/)

export const windowPictureSchema = z.object({
  id: imageIdSchema,
  /** A sample's title, or the file's name without its folder. */
  name: z.string(),
  /** The year of a sample painting. */
  year: z.int().nullable(),
  /** `gone`: its file is no longer where it was, and something else stands in for it. */
  origin: z.enum(['sample', 'own', 'gone']),
  /** Pixels, upright. */
  width: z.int().min(1),
  height: z.int().min(1),
})
export type WindowPicture = Readonly<z.infer<typeof windowPictureSchema>>

export const pictureRoleSchema = z.enum(['photograph', 'painting'])
export type PictureRole = z.infer<typeof pictureRoleSchema>
