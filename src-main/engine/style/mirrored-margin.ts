/**
 * @file A margin of mirrored pixels around a picture while the network looks at it.
 *
 * The convolutions pad with zeros, so along the border they see an edge that is not there and paint odd colours into
 * the outermost rows. With a margin that edge lies outside of the picture.
 */
import type { ScaleSize } from '../../../src-shared/math/scales'
import type { Pixels } from './style-network'

/** The picture with `margin` px mirrored on each side; at its border each pixel meets itself. */
export function withMargin(picture: Pixels, margin: number): Pixels {
  if (margin === 0) return picture
  const width = picture.width + 2 * margin
  const height = picture.height + 2 * margin
  const values = new Float32Array(width * height * 3)
  forEachMirrored(picture, margin, (source, target) => {
    for (let channel = 0; channel < 3; channel++) values[target + channel] = picture.values[source + channel]!
  })
  return { width, height, values }
}

/** The transpose of withMargin: what the margin's gradient adds to the pixels it mirrors. `size` is without margin. */
export function foldMargin(gradient: Float32Array, size: ScaleSize, margin: number): Float32Array {
  if (margin === 0) return gradient
  const folded = new Float32Array(size.width * size.height * 3)
  forEachMirrored(size, margin, (source, target) => {
    for (let channel = 0; channel < 3; channel++) folded[source + channel]! += gradient[target + channel]!
  })
  return folded
}

/** Calls with the offsets of each pixel with margin (`target`) and of the picture's pixel that it shows (`source`). */
function forEachMirrored(
  { width, height }: ScaleSize,
  margin: number,
  visit: (source: number, target: number) => void,
): void {
  let target = 0
  for (let y = -margin; y < height + margin; y++) {
    const row = mirrored(y, height) * width
    for (let x = -margin; x < width + margin; x++) {
      visit((row + mirrored(x, width)) * 3, target)
      target += 3
    }
  }
}

/** An index beyond either end of `length` mirrored back, to and fro where it lies further beyond than `length`. */
function mirrored(index: number, length: number): number {
  if (index < 0) return mirrored(-1 - index, length)
  return index < length ? index : mirrored(2 * length - 1 - index, length)
}
