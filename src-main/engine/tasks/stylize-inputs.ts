/** @file The pictures of a painting, at the sizes that its scales need. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import {
  fitLongSide,
  marginOf,
  paintingSize,
  smallestSide,
  type ScaleSize,
} from '../../../src-shared/math/scales'
import { randomNormal } from '../../../src-shared/math/random'
import { wholePicture, type Framing } from '../../../src-shared/model/framing'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { decodeImage } from '../image/decode-image'
import { checkSmallestSide } from '../image/image-header'
import { resizeImage } from '../image/resize-image'
import type { RgbImage } from '../image/rgb-image'
import { withColoursOf } from '../style/colour-transfer'
import type { Pixels } from '../style/style-network'

/** The pictures of a job, decoded once. */
export interface StylizeInputs {
  readonly photograph: RgbImage
  readonly painting: RgbImage
  readonly initialImage: RgbImage | null
}

/** Deviation of the noise around mid-grey that `init: noise` starts from, in grey levels. */
const NOISE_DEVIATION = 40
const NOISE_STREAM = 0

/**
 * [Note: The plain schedule] Raw pixels exist to be compared with other programs, so without preconditioning nothing
 * is done that they do not do: the whole painting is looked at, the photograph is where it starts, there is no margin,
 * and the network computes in float32.
 */

/** The painting without what the recipe leaves out along each side. */
function withoutFrame({ frame, precondition }: StylizeJob['recipe']): Framing {
  const share = precondition ? frame / 100 : 0
  return {
    ...wholePicture,
    crop: { left: share, top: share, width: 1 - 2 * share, height: 1 - 2 * share },
  }
}

/** @throws ImpastoError where a picture is missing, damaged, too large, or the photograph too small or too narrow. */
export async function loadInputs(job: StylizeJob): Promise<StylizeInputs> {
  const photograph = await decodeImage(job.photograph.path, job.photograph.framing)
  checkSmallestSide(photograph, job.photograph.path)
  checkPaintedSides(photograph, job)
  return {
    photograph,
    painting: await decodeImage(job.painting.path, withoutFrame(job.recipe)),
    initialImage:
      job.recipe.init === 'image' && job.initialImage !== null ? await decodeImage(job.initialImage) : null,
  }
}

/** Refuses a photograph whose painting would be too narrow for the network (see [Note: Smallest side]). */
function checkPaintedSides(photograph: ScaleSize, { recipe, photograph: { path } }: StylizeJob): void {
  const { width, height } = fitLongSide(photograph.width, photograph.height, recipe.size)
  const minimum = smallestSide(marginOf(recipe))
  if (Math.min(width, height) < minimum) {
    throw new ImpastoError('photograph-too-narrow', { path, width, height, minimum })
  }
}

/** A picture resized to `size`, as the network takes it. */
export async function pixelsAt(image: RgbImage, { width, height }: ScaleSize): Promise<Pixels> {
  return asPixels(await resizeImage(image, width, height))
}

export function asPixels({ width, height, rgb }: RgbImage): Pixels {
  return { width, height, values: Float32Array.from(rgb) }
}

/** The picture that pixels show, rounded to 8 bits. */
export function asImage({ width, height, values }: Pixels): RgbImage {
  const { buffer } = Uint8ClampedArray.from(values)
  return { width, height, rgb: new Uint8Array(buffer), alpha: null }
}

/**
 * What the first scale starts from. A preconditioned picture starts from the photograph in the painting's colours:
 * broad colour is then right before the first iteration.
 */
export async function startingPixels(
  { photograph, painting, initialImage }: StylizeInputs,
  size: ScaleSize,
  { init, seed, precondition }: Pick<StylizeJob['recipe'], 'init' | 'seed' | 'precondition'>,
): Promise<Pixels> {
  if (init === 'noise') return noise(size, seed)
  if (init === 'image' && initialImage !== null) return pixelsAt(initialImage, size)
  const start = await pixelsAt(photograph, size)
  if (!precondition) return start
  const palette = await pixelsAt(painting, paintingSize(painting, size, 1))
  return { ...start, values: withColoursOf(start.values, palette.values) }
}

function noise({ width, height }: ScaleSize, seed: number): Pixels {
  const values = Float32Array.from({ length: width * height * 3 }, (_, index) => {
    const value = 127.5 + NOISE_DEVIATION * randomNormal(seed, NOISE_STREAM, index)
    return Math.min(255, Math.max(0, value))
  })
  return { width, height, values }
}
