/** @file One painting to be made: a frozen recipe, its pictures, and where the result goes. */
import { z } from 'zod'
import { framingSchema } from './framing'
import { styleRecipeSchema } from './style-recipe'

export const stylizeJobSchema = z.strictObject({
  kind: z.literal('stylize'),
  /** Names the run: its folder, its checkpoint, and the sidecar of its picture. */
  runId: z.string().regex(/^[\w-]{1,80}$/),
  /** Absolute path of the run's folder, which holds the checkpoint. Made if it is missing. */
  folder: z.string(),
  photograph: z.strictObject({ path: z.string(), framing: framingSchema }),
  painting: z.strictObject({ path: z.string() }),
  /** What the recipe's init `image` starts from. */
  initialImage: z.string().nullable(),
  recipe: styleRecipeSchema,
  /** Iterations that the last scale gets on top of the recipe's: "continue" of a finished painting. */
  additionalIterations: z.int().min(0).default(0),
  output: z.strictObject({
    path: z.string(),
    /** `same-run` may replace only a picture whose sidecar names this run. */
    overwrite: z.enum(['never', 'same-run', 'always']),
  }),
  /** Go on from the run's checkpoint, which must be there. */
  resume: z.boolean(),
  /** Which face of the program made the run, and tidies it up. */
  maker: z.enum(['window', 'terminal']).default('terminal'),
  /** Whether the picture is sent while it is painted: a window shows it, a terminal has no use for it. */
  previews: z.boolean().default(false),
})

export type StylizeJob = Readonly<z.infer<typeof stylizeJobSchema>>
