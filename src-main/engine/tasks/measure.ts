/** @file The losses of a finished picture: files as they are, nothing resized. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { ScaleSize } from '../../../src-shared/math/scales'
import { styleWeights } from '../../../src-shared/math/style-weights'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { decodeImage } from '../image/decode-image'
import { leaseStyleNetwork } from './style-networks'
import { asPixels } from './stylize-inputs'

/** @throws ImpastoError `sizes-differ` unless image and photograph have one size, and those of decoding */
export async function measure({
  image,
  photograph,
  painting,
}: EngineTaskArguments<'measure'>): Promise<EngineTaskResult<'measure'>> {
  const picture = asPixels(await decodeImage(image))
  const content = asPixels(await decodeImage(photograph))
  if (picture.width !== content.width || picture.height !== content.height) {
    throw new ImpastoError('sizes-differ', { image: sizeText(picture), photograph: sizeText(content) })
  }
  const style = asPixels(await decodeImage(painting))
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

const sizeText = ({ width, height }: ScaleSize): string => `${String(width)} × ${String(height)}`
