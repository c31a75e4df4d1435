/** @file What the window remembers of a person's taste. */
import { z } from 'zod'

export const appearanceSchema = z.enum(['system', 'dark', 'light'])
export type Appearance = z.infer<typeof appearanceSchema>

/** What lies around the picture. */
export const surroundSchema = z.enum(['black', 'theme', 'grey', 'white'])
export type Surround = z.infer<typeof surroundSchema>
