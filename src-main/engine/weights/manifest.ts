/** @file The list of the trained weights that come with the program, and the check that they are the ones meant. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'

/** Of weights/manifest.json, which in turn pins the weights: whoever changes one of them changes this line too. */
const MANIFEST_SHA256 = '41cacd3b99dffdc334ddd2dde585735af45e383a3b03334052d815e161d39853'

const manifestSchema = z.strictObject({
  version: z.literal(1),
  weights: z.array(
    z.strictObject({
      name: z.string(),
      file: z.string().regex(/^[\w.-]+$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int().positive(),
      source: z.string(),
      licence: z.string(),
      layout: z.string(),
      input: z.strictObject({
        channelOrder: z.enum(['rgb', 'bgr']),
        mean: z.tuple([z.number(), z.number(), z.number()]),
      }),
    }),
  ),
})
export type WeightsEntry = Readonly<z.infer<typeof manifestSchema>['weights'][number]>

/** Weights whose bytes are known to be the ones that the manifest names. */
export interface VerifiedWeights {
  readonly entry: WeightsEntry
  readonly path: string
  readonly bytes: Uint8Array
}

export interface WeightsDiagnosis {
  readonly path: string
  /** Of the file as it is; empty if there is none. */
  readonly sha256: string
  readonly intact: boolean
}

/**
 * Reads the weights `name` from `folder`, which holds manifest.json, and checks their hash.
 * @throws ImpastoError weights-missing, weights-altered
 */
export async function readVerifiedWeights(folder: string, name: string): Promise<VerifiedWeights> {
  const entry = await findEntry(folder, name)
  const path = join(folder, entry.file)
  const bytes = await readOrMissing(path)
  const actual = sha256(bytes)
  if (actual !== entry.sha256) {
    throw new ImpastoError('weights-altered', { path, expected: entry.sha256, actual })
  }
  return { entry, path, bytes }
}

/** Whether the weights `name` in `folder` are there and unaltered. */
export async function diagnoseWeights(folder: string, name: string): Promise<WeightsDiagnosis> {
  try {
    const { path, entry } = await readVerifiedWeights(folder, name)
    return { path, sha256: entry.sha256, intact: true }
  } catch (error) {
    if (!(error instanceof ImpastoError)) throw error
    const { report } = error
    if (report.code === 'weights-altered') {
      return { path: report.data.path, sha256: report.data.actual, intact: false }
    }
    if (report.code === 'weights-missing') return { path: report.data.path, sha256: '', intact: false }
    throw error
  }
}

async function findEntry(folder: string, name: string): Promise<WeightsEntry> {
  const path = join(folder, 'manifest.json')
  const bytes = await readOrMissing(path)
  const actual = sha256(bytes)
  if (actual !== MANIFEST_SHA256) {
    throw new ImpastoError('weights-altered', { path, expected: MANIFEST_SHA256, actual })
  }
  const { weights } = manifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  const entry = weights.find((each) => each.name === name)
  if (entry) return entry
  throw new Error(`weights/manifest.json names no weights ${name}`)
}

async function readOrMissing(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new ImpastoError('weights-missing', { path }, { cause })
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
