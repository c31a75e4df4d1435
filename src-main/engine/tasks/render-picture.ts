/** @file Writes a copy of a picture for the screen. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { fitLongSide } from '../../../src-shared/math/scales'
import { outputFormatOf } from '../../../src-shared/model/output-format'
import { writeAtomically } from '../../storage/write-atomically'
import { decodeImage } from '../image/decode-image'
import { encodeJpeg, encodePng } from '../image/encode-image'
import { resizeImage } from '../image/resize-image'

/** Seen at 1:1, its artefacts are lost in a photograph's own. */
const SCREEN_QUALITY = 90

/** @throws ImpastoError where the picture cannot be read or the copy cannot be written. */
export async function renderPicture({
  path,
  framing,
  longSide,
  output,
}: EngineTaskArguments<'render-picture'>): Promise<EngineTaskResult<'render-picture'>> {
  const image = await decodeImage(path, framing)
  const { width, height } =
    Math.max(image.width, image.height) > longSide ? fitLongSide(image.width, image.height, longSide) : image
  const copy = await resizeImage(image, width, height)
  const bytes =
    outputFormatOf(output) === 'png' ? await encodePng(copy) : await encodeJpeg(copy, SCREEN_QUALITY)
  await writeAtomically(output, bytes)
  return { width, height }
}
