/** @file Saves a painting, with its recipe inside and its sidecar beside it. */
import { basename } from 'node:path'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { checkOutput } from '../../storage/check-output'
import { hashFile } from '../../storage/file-hash'
import { PROGRAM_VERSION } from '../../storage/program-version'
import type { Sidecar } from '../../storage/sidecar'
import { resizePlane } from '../image/resize-image'
import { saveImage } from '../image/save-image'
import type { Precision } from '../networks/vgg'
import { machineOf } from '../runtime/machine'
import type { Losses } from '../style/descent'
import type { Pixels } from '../style/style-network'
import { asImage, type StylizeInputs } from './stylize-inputs'

export interface StylizeResult {
  readonly pixels: Pixels
  readonly iteration: number
  readonly total: number
  readonly seconds: number
  readonly losses: Omit<Losses, 'total'>
  readonly precision: Precision
}

/** What the pictures of a job are, whatever their names. */
export interface InputHashes {
  readonly photograph: string
  readonly painting: string
  readonly initialImage: string | null
}

export async function hashInputs({ photograph, painting, initialImage }: StylizeJob): Promise<InputHashes> {
  return {
    photograph: await hashFile(photograph.path),
    painting: await hashFile(painting.path),
    initialImage: initialImage === null ? null : await hashFile(initialImage),
  }
}

/** @throws ImpastoError where the picture cannot or must not be saved where the job says */
export async function checkJobOutput({
  photograph,
  painting,
  initialImage,
  output,
  runId,
}: StylizeJob): Promise<void> {
  const inputs = [photograph.path, painting.path, initialImage].filter((path) => path !== null)
  await checkOutput({ ...output, inputs, runId })
}

/** @throws ImpastoError `output-exists`, `picture-changed`, `output-unwritable`, `disk-full` */
export async function saveResult(
  job: StylizeJob,
  { photograph }: StylizeInputs,
  hashes: InputHashes,
  result: StylizeResult,
): Promise<void> {
  // Asked before the work began, and once more: another program may have put a file there since.
  await checkJobOutput(job)
  const image = asImage(result.pixels)
  const alpha = photograph.alpha === null ? null : await resizePlane(photograph.alpha, photograph, image)
  const replace = job.output.overwrite !== 'never'
  const sidecar = sidecarOf(job, hashes, result)
  await saveImage({ ...image, alpha }, job.output.path, { recipe: job.recipe, sidecar, replace })
}

function sidecarOf(job: StylizeJob, hashes: InputHashes, result: StylizeResult): Sidecar {
  const { iteration, total, seconds, losses, precision } = result
  return {
    program: 'Impasto',
    programVersion: PROGRAM_VERSION,
    runId: job.runId,
    recipe: job.recipe,
    photograph: {
      name: basename(job.photograph.path),
      sha256: hashes.photograph,
      framing: job.photograph.framing,
    },
    painting: { name: basename(job.painting.path), sha256: hashes.painting },
    initialImage:
      job.initialImage === null || hashes.initialImage === null
        ? null
        : { name: basename(job.initialImage), sha256: hashes.initialImage },
    iteration,
    total,
    complete: iteration === total,
    losses: { contentLoss: losses.contentLoss, styleLoss: losses.styleLoss },
    machine: { ...machineOf(), precision, seconds },
  }
}
