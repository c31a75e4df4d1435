/** @file The losses of a finished picture: files as they are, nothing resized. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { smallestSide, type ScaleSize } from '../../../src-shared/math/scales'
import { styleWeights } from '../../../src-shared/math/style-weights'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { decodeImage } from '../image/decode-image'
import { checkSmallestSide } from '../image/image-header'
import type { RgbImage } from '../image/rgb-image'
import { leaseStyleNetwork } from './style-networks'
import { asPixels } from './stylize-inputs'

/** @throws ImpastoError `sizes-differ` unless image and photograph have one size, `image-too-small`, those of decoding */
export async function measure({
  image,
  photograph,
  painting,
}: EngineTaskArguments<'measure'>): Promise<EngineTaskResult<'measure'>> {
  const picture = asPixels(await decodeMeasurable(image))
  const content = asPixels(await decodeImage(photograph))
  if (picture.width !== content.width || picture.height !== content.height) {
    throw new ImpastoError('sizes-differ', { image: sizeText(picture), photograph: sizeText(content) })
  }
  const style = asPixels(await decodeMeasurable(painting))
  const { network, release } = await leaseStyleNetwork({
    pooling: 'max',
    rescalePooling: false,
    precision: 'float32',
  })
  try {
    const weights = { ...styleWeights(defaultStyleRecipe), totalVariation: 0 }
    const losses = network.evaluate(picture, network.targets(content, style), weights)
    return { contentLoss: losses.contentLoss, styleLoss: losses.styleLoss, styleLayers: losses.styleLayers }
  } finally {
    release()
  }
}

/** A picture that is looked at without a margin (see [Note: Smallest side]). */
async function decodeMeasurable(path: string): Promise<RgbImage> {
  const picture = await decodeImage(path)
  checkSmallestSide(picture, path, smallestSide(0))
  return picture
}

const sizeText = ({ width, height }: ScaleSize): string => `${String(width)} × ${String(height)}`
