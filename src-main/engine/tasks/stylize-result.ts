/** @file Saves a painting, with its recipe inside and its sidecar beside it. */
import { basename } from 'node:path'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { hashFile } from '../../storage/file-hash'
import { PROGRAM_VERSION } from '../../storage/program-version'
import { writeSidecar, type Sidecar } from '../../storage/sidecar'
import { resizePlane } from '../image/resize-image'
import { saveImage } from '../image/save-image'
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

/** @throws ImpastoError `output-exists`, `output-unwritable`, `disk-full` */
export async function saveResult(
  job: StylizeJob,
  { photograph }: StylizeInputs,
  hashes: InputHashes,
  result: StylizeResult,
): Promise<void> {
  const image = asImage(result.pixels)
  const alpha = photograph.alpha === null ? null : await resizePlane(photograph.alpha, photograph, image)
  // Whether the file may be replaced was settled before the work began (checkOutput).
  const replace = job.output.overwrite !== 'never'
  await saveImage({ ...image, alpha }, job.output.path, { recipe: job.recipe, replace })
  await writeSidecar(job.output.path, sidecarOf(job, hashes, result))
}

function sidecarOf(job: StylizeJob, hashes: InputHashes, result: StylizeResult): Sidecar {
  const { iteration, total, seconds, losses } = result
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
    machine: { ...machineOf(), seconds },
  }
}
