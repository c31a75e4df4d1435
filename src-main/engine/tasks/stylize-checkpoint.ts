/**
 * @file The state of a painting in progress, exact to the bit, as one safetensors file.
 *
 * [Note: Exact checkpoints] A resumed painting ends with the same pixels as an uninterrupted one on the same
 * machine with the same versions: the file holds every number that decides the rest of the scale (the values that
 * the optimiser moves, its pairs or moments, the gradient, the best picture), and what came before is only needed
 * through them. Where the machine, its threads or TensorFlow differ, the run goes on, but not to the same bit.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { checkpointPath } from '../../storage/runs'
import { writeAtomically } from '../../storage/write-atomically'
import type { DescentState } from '../style/descent'
import { readSafetensors, writeSafetensors, type SafetensorsTensor } from '../weights/safetensors'

const CHECKPOINT_VERSION = 1

const positionSchema = z.object({
  /** Hash of everything that decides the pixels; a checkpoint of another recipe or picture is refused. */
  fingerprint: z.string(),
  scaleIndex: z.int().min(0),
  /** Iterations done in this scale. */
  done: z.int().min(0),
  /** Seconds of work before this checkpoint. */
  seconds: z.number(),
})
export type StylizePosition = z.infer<typeof positionSchema>

const descentSchema = z.object({
  kind: z.enum(['lbfgs', 'adam']),
  optimiserNumbers: z.record(z.string(), z.number()),
  numbers: z.object({
    total: z.number(),
    contentLoss: z.number(),
    styleLoss: z.number(),
    bestTotal: z.number(),
    rises: z.number(),
    rollBacks: z.number(),
  }),
})

export interface StylizeCheckpoint {
  readonly position: StylizePosition
  readonly descent: DescentState
}

const OPTIMISER_PREFIX = 'optimiser.'

/** @throws ImpastoError `disk-full`, `output-unwritable` */
export async function writeCheckpoint(
  folder: string,
  { position, descent }: StylizeCheckpoint,
): Promise<void> {
  const { optimiser, numbers, vectors } = descent
  const tensors = new Map<string, SafetensorsTensor>()
  for (const [name, values] of Object.entries(vectors)) tensors.set(name, vectorTensor(values))
  for (const [name, values] of Object.entries(optimiser.vectors)) {
    tensors.set(OPTIMISER_PREFIX + name, vectorTensor(values))
  }
  const metadata = {
    version: String(CHECKPOINT_VERSION),
    position: JSON.stringify(position),
    descent: JSON.stringify({ kind: optimiser.kind, optimiserNumbers: optimiser.numbers, numbers }),
  }
  await writeAtomically(checkpointPath(folder), writeSafetensors({ metadata, tensors }))
}

/**
 * The checkpoint in a run's folder.
 *
 * @throws ImpastoError `nothing-to-resume` where there is none, `checkpoint-foreign` where it belongs to something
 *   else or cannot be read
 */
export async function readCheckpoint(folder: string, fingerprint: string): Promise<StylizeCheckpoint> {
  const path = checkpointPath(folder)
  const bytes = await readFile(path).catch(() => null)
  if (bytes === null) throw new ImpastoError('nothing-to-resume', { path })
  const checkpoint = parseCheckpoint(bytes, path)
  if (checkpoint.position.fingerprint !== fingerprint) {
    throw new ImpastoError('checkpoint-foreign', { path, reason: 'it belongs to other pictures or settings' })
  }
  return checkpoint
}

function parseCheckpoint(bytes: Uint8Array, path: string): StylizeCheckpoint {
  try {
    const { metadata, tensors } = readSafetensors(bytes)
    if (metadata.version !== String(CHECKPOINT_VERSION)) throw new Error('it is of another version')
    const { kind, optimiserNumbers, numbers } = descentSchema.parse(JSON.parse(metadata.descent ?? 'null'))
    const vector = (name: string): Float32Array => {
      const tensor = tensors.get(name)
      if (tensor?.dtype !== 'F32') throw new Error(`it lacks ${name}`)
      return tensor.values
    }
    const optimiserVectors = [...tensors.keys()]
      .filter((name) => name.startsWith(OPTIMISER_PREFIX))
      .map((name) => [name.slice(OPTIMISER_PREFIX.length), vector(name)])
    return {
      position: positionSchema.parse(JSON.parse(metadata.position ?? 'null')),
      descent: {
        optimiser: {
          kind,
          numbers: optimiserNumbers,
          vectors: Object.fromEntries(optimiserVectors) as Record<string, Float32Array>,
        },
        numbers,
        vectors: { current: vector('current'), gradient: vector('gradient'), best: vector('best') },
      },
    }
  } catch (cause) {
    throw new ImpastoError('checkpoint-foreign', { path, reason: 'it cannot be read' }, { cause })
  }
}

function vectorTensor(values: Float32Array): SafetensorsTensor {
  return { dtype: 'F32', shape: [values.length], values }
}
