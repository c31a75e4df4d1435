/** @file The JSON file beside each finished picture: how it was made, enough to make it again. */
import { lstat } from 'node:fs/promises'
import { z } from 'zod'
import { framingSchema } from '../../src-shared/model/framing'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { styleRecipeSchema } from '../../src-shared/model/style-recipe'
import { hashBytes, hashFile } from './file-hash'
import { jsonText, readJsonFile } from './json-file'
import { writeTogether, type FileToWrite, type WriteOptions } from './write-atomically'

const source = z.object({
  /** The file's name without its folder, so that a shared picture tells nothing of its maker's disk. */
  name: z.string(),
  sha256: z.string(),
})

/**
 * [Note: Known by its bytes] A person may retouch a picture in place, and it is theirs from then on. So the sidecar knows
 * the bytes that were saved, and those that they replaced: as it takes its name first, a process that is killed between
 * the two leaves it beside these. Sidecars of older programs have none, and their picture counts as it was saved.
 */
const savedBytesSchema = z.object({ sha256: z.string(), replaced: z.string().nullable() })

export const sidecarSchema = z.object({
  program: z.literal('Impasto'),
  programVersion: z.string(),
  runId: z.string(),
  /** Of the picture, filled in where it is saved. */
  picture: savedBytesSchema.optional(),
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

/**
 * Writes a picture's encoded bytes to `path` with its sidecar, where it has one.
 *
 * [Note: Sidecar first] A run may replace only the picture that its own sidecar stands beside. So the sidecar takes its
 * name first: a process that is killed between the two leaves a sidecar alone, and the resumed run still knows its
 * place.
 *
 * @throws ImpastoError `disk-full`, `output-exists`, `output-folder-missing`, `output-unwritable`
 */
export async function writePicture(
  path: string,
  picture: Uint8Array,
  sidecar: Sidecar | null,
  { replace }: WriteOptions,
): Promise<void> {
  const file: FileToWrite = { path, data: picture, replace, links: 'follow' }
  if (sidecar === null) {
    await writeTogether([file])
    return
  }
  const replaced = replace ? await hashFile(path).catch(() => null) : null
  const complete = { ...sidecar, picture: { sha256: hashBytes(picture), replaced } }
  await writeTogether([sidecarFile(path, complete, replace), file])
}

/** A person names the picture, and may name a link; what lies under the sidecar's name they may not even know. */
function sidecarFile(picture: string, sidecar: Sidecar, replace: boolean): FileToWrite {
  const data = jsonText(sidecarSchema.parse(sidecar))
  return { path: sidecarPath(picture), data, replace, links: 'replace' }
}

/** What every version writes, whatever else of it may be another's. */
const originSchema = z.object({
  program: z.literal('Impasto'),
  runId: z.string(),
  picture: savedBytesSchema.optional().catch(undefined),
})

/** Whether what lies under the name of a picture's sidecar is no sidecar: another program's file, or a person's. */
export async function hasForeignSidecar(picture: string): Promise<boolean> {
  const path = sidecarPath(picture)
  const found = await lstat(path).catch(() => null)
  return found !== null && (await readJsonFile(path, originSchema)) === null
}

/** What a run may find under the name of its picture. */
export type PictureOrigin =
  /** It saved it, or nothing but its sidecar, and nobody has changed it since. */
  | 'same-run'
  /** It saved it, and somebody has changed it. */
  | 'changed'
  | 'foreign'

/** Whose the picture is that lies under a name, for the run that wants to save its own there. */
export async function originOfPicture(picture: string, runId: string): Promise<PictureOrigin> {
  const origin = await readJsonFile(sidecarPath(picture), originSchema)
  if (origin?.runId !== runId) return 'foreign'
  if (origin.picture === undefined) return 'same-run'
  const { sha256, replaced } = origin.picture
  const found = await hashFile(picture).catch(nullWhereMissing)
  return found === null || found === sha256 || found === replaced ? 'same-run' : 'changed'
}

function nullWhereMissing(thrown: unknown): null {
  if (thrown instanceof ImpastoError && thrown.code === 'file-missing') return null
  throw thrown
}
