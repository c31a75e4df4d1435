/** @file Refuses a photograph that is too small to be painted when it is opened or cropped, not only when it is painted. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { SMALLEST_PHOTOGRAPH_SIDE, type ScaleSize } from '../../../src-shared/math/scales'

/** @throws ImpastoError `image-too-small` */
export function checkSmallestPhotograph(path: string, { width, height }: ScaleSize): void {
  const minimum = SMALLEST_PHOTOGRAPH_SIDE
  if (Math.min(width, height) >= minimum) return
  throw new ImpastoError('image-too-small', { path, width, height, minimum })
}
