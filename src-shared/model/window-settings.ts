/** @file What the window remembers of a person's taste. */
import { z } from 'zod'

export const appearanceSchema = z.enum(['system', 'dark', 'light'])
export type Appearance = z.infer<typeof appearanceSchema>

/** What lies around the picture. */
export const surroundSchema = z.enum(['black', 'theme', 'grey', 'white'])
export type Surround = z.infer<typeof surroundSchema>

/** Days that the checkpoint of a stopped painting stays; null for ever. */
export const checkpointDaysSchema = z.union([z.literal(1), z.literal(7), z.literal(30), z.null()])
export type CheckpointDays = z.infer<typeof checkpointDaysSchema>

export const preferencesSchema = z.object({
  appearance: appearanceSchema,
  surround: surroundSchema,
  /** Shortcuts of a single key work (WCAG 2.2, 2.1.4). */
  singleKeys: z.boolean(),
  checkpointDays: checkpointDaysSchema,
})
export type Preferences = Readonly<z.infer<typeof preferencesSchema>>
