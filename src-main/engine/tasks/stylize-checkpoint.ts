/**
 * @file The state of a painting in progress, exact to the bit, as one safetensors file.
 *
 * [Note: Exact checkpoints] A resumed painting ends with the same pixels as an uninterrupted one on the same
 * machine with the same versions: the file holds every number that decides the rest of the scale (the values that
 * the optimiser moves, its pairs or moments, the gradient, the best picture), and what came before is only needed
 * through them. Where the machine, its threads or TensorFlow differ, the run goes on, but not to the same bit.
 *
 * [Note: Checked checkpoints] A disk may give back other bits than were written, and the painting would go on from
 * them without a word. So the file holds a CRC-32 over everything in it. It costs little beside the write, which a
 * cryptographic hash would not; against forgery nothing is needed, as a run's folder is its user's own.
 */
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { readWholeFile } from '../../storage/read-whole-file'
import { checkpointPath } from '../../storage/runs'
import { writeAtomically } from '../../storage/write-atomically'
import { restoreOptimiser, type DescentState } from '../style/descent'
import { isFiniteVector } from '../style/vectors'
import {
  readSafetensors,
  writeSafetensors,
  type Safetensors,
  type SafetensorsTensor,
} from '../weights/safetensors'

const CHECKPOINT_VERSION = 2

const count = z.int().min(0)

const positionSchema = z.object({
  /** Hash of everything that decides the pixels; a checkpoint of another recipe or picture is refused. */
  fingerprint: z.string(),
  scaleIndex: count,
  /** Iterations done in this scale. */
  done: count,
  /** Seconds of work before this checkpoint. */
  seconds: z.number(),
})
export type StylizePosition = z.infer<typeof positionSchema>

/** JSON has no word for what is not finite, and the losses of a painting that is about to fall apart are not. */
const anyNumber = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)])

const descentSchema = z.object({
  kind: z.enum(['lbfgs', 'adam']),
  optimiserNumbers: z.record(z.string(), z.number()),
  numbers: z.object({
    total: anyNumber,
    contentLoss: anyNumber,
    styleLoss: anyNumber,
    bestTotal: anyNumber,
    rises: count,
    rollBacks: count,
  }),
})

export interface StylizeCheckpoint {
  readonly position: StylizePosition
  readonly descent: DescentState
}

/** What a checkpoint has to fit, to be gone on from. */
export interface CheckpointPlan {
  readonly fingerprint: string
  readonly scales: readonly {
    readonly iterations: number
    /** How many values the optimiser moves. */
    readonly parameters: number
  }[]
}

const OPTIMISER_PREFIX = 'optimiser.'

/** @throws ImpastoError `disk-full`, `output-folder-missing`, `output-unwritable` */
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
    descent: jsonOfAnyNumbers({ kind: optimiser.kind, optimiserNumbers: optimiser.numbers, numbers }),
  }
  const checksum = checksumOf({ metadata, tensors })
  await writeAtomically(
    checkpointPath(folder),
    writeSafetensors({ metadata: { ...metadata, checksum }, tensors }),
  )
}

function jsonOfAnyNumbers(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  )
}

/** Of all tensors with their names, in the order of these, and of all metadata but the checksum itself. */
function checksumOf({ metadata, tensors }: Safetensors): string {
  const others = Object.entries(metadata).filter(([name]) => name !== 'checksum')
  const byName = [...tensors].sort(([one], [other]) => (one < other ? -1 : 1))
  let checksum = crc32(JSON.stringify(others.sort()))
  for (const [name, { values }] of byName) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    checksum = crc32(bytes, crc32(name, checksum))
  }
  return checksum.toString(16).padStart(8, '0')
}

/**
 * The checkpoint in a run's folder.
 *
 * @throws ImpastoError `nothing-to-resume` where there is none, `file-unreadable` where the system does not give it
 *   out, `checkpoint-foreign` where it is damaged, or belongs to something else than `plan`
 */
export async function readCheckpoint(folder: string, plan: CheckpointPlan): Promise<StylizeCheckpoint> {
  const path = checkpointPath(folder)
  const bytes = await readWholeFile(path).catch((thrown: unknown) => {
    if (thrown instanceof ImpastoError && thrown.code === 'file-missing') {
      throw new ImpastoError('nothing-to-resume', { path })
    }
    throw thrown
  })
  try {
    const checkpoint = parseCheckpoint(bytes)
    checkFits(checkpoint, plan)
    return checkpoint
  } catch (cause) {
    const reason = cause instanceof Misfit ? cause.message : 'it cannot be read'
    throw new ImpastoError('checkpoint-foreign', { path, reason }, { cause })
  }
}

/** Why a checkpoint that can be read is not gone on from. */
class Misfit extends Error {}

function parseCheckpoint(bytes: Uint8Array): StylizeCheckpoint {
  const { metadata, tensors } = readSafetensors(bytes)
  if (metadata.version !== String(CHECKPOINT_VERSION)) throw new Misfit('it is of another version')
  if (metadata.checksum !== checksumOf({ metadata, tensors })) throw new Misfit('it is damaged')
  const { kind, optimiserNumbers, numbers } = descentSchema.parse(JSON.parse(metadata.descent ?? 'null'))
  const vector = (name: string): Float32Array => {
    const tensor = tensors.get(name)
    if (tensor?.dtype !== 'F32') throw new Misfit(`it lacks ${name}`)
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
}

function checkFits({ position, descent }: StylizeCheckpoint, plan: CheckpointPlan): void {
  if (position.fingerprint !== plan.fingerprint) {
    throw new Misfit('it belongs to other pictures or settings')
  }
  const scale = plan.scales[position.scaleIndex]
  if (scale === undefined || position.done > scale.iterations) {
    throw new Misfit('it lies beyond the end of the painting')
  }
  for (const values of [...Object.values(descent.vectors), ...Object.values(descent.optimiser.vectors)]) {
    if (values.length !== scale.parameters) throw new Misfit('it is of a picture of another size')
    if (!isFiniteVector(values)) throw new Misfit('it holds values that are no numbers')
  }
  restoreOptimiser(descent.optimiser)
}

function vectorTensor(values: Float32Array): SafetensorsTensor {
  return { dtype: 'F32', shape: [values.length], values }
}
