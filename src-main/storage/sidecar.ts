/** @file The JSON file beside each finished picture: how it was made, enough to make it again. */
import { z } from 'zod'
import { framingSchema } from '../../src-shared/model/framing'
import { styleRecipeSchema } from '../../src-shared/model/style-recipe'
import { readJsonFile, writeJsonFile } from './json-file'

const source = z.object({
  /** The file's name without its folder, so that a shared picture tells nothing of its maker's disk. */
  name: z.string(),
  sha256: z.string(),
})

export const sidecarSchema = z.object({
  program: z.literal('Impasto'),
  programVersion: z.string(),
  runId: z.string(),
  recipe: styleRecipeSchema,
  photograph: source.extend({ framing: framingSchema }),
  painting: source,
  /** What the recipe's init `image` started from. */
  initialImage: source.nullable(),
  /** Iterations done, of how many, over the whole run. */
  iteration: z.int(),
  total: z.int(),
  /** False where the run was stopped before its last iteration. */
  complete: z.boolean(),
  /** Of the picture as it was painted, before it was rounded to 8 bits; null before the first iteration. */
  losses: z.object({ contentLoss: z.number(), styleLoss: z.number() }).nullable(),
  /** The same recipe gives the same pixels only where these agree. */
  machine: z.object({
    device: z.enum(['cpu', 'gpu']),
    tensorflow: z.string(),
    threads: z.int(),
    /** What the network computed in. */
    precision: z.enum(['float32', 'bfloat16']),
    /** How long the painting took. */
    seconds: z.number(),
  }),
})
export type Sidecar = Readonly<z.infer<typeof sidecarSchema>>

export function sidecarPath(picture: string): string {
  return `${picture}.json`
}

/** The sidecar of a picture, null where it has none that can be read. */
export function readSidecar(picture: string): Promise<Sidecar | null> {
  return readJsonFile(sidecarPath(picture), sidecarSchema)
}

/** @throws ImpastoError `disk-full`, `output-unwritable` */
export function writeSidecar(picture: string, sidecar: Sidecar): Promise<void> {
  return writeJsonFile(sidecarPath(picture), sidecarSchema.parse(sidecar))
}

const runIdSchema = z.object({ program: z.literal('Impasto'), runId: z.string() })

/** The run that a picture came from, also where the rest of its sidecar is of another version. */
export async function runIdOfPicture(picture: string): Promise<string | null> {
  return (await readJsonFile(sidecarPath(picture), runIdSchema))?.runId ?? null
}
