/**
 * @file A picture in memory: the one form in which pictures pass between the parts of the engine.
 *
 * - `rgb` holds `width * height * 3` values, 0-255, row by row from the top, red-green-blue interleaved, in sRGB
 *   (that is, gamma-encoded, as in the file).
 * - `alpha` holds `width * height` values, 0 (clear) to 255 (opaque), or is null where the picture is opaque
 *   everywhere. Colours are not multiplied by it, and pixels that are clear carry colours that continue their
 *   surroundings (transparent-colours.ts), so `rgb` can be resized and painted without looking at `alpha`.
 *
 * An image is never changed once it is made: what alters it returns a new one.
 */

export interface RgbImage {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
  readonly alpha: Uint8Array | null
}
