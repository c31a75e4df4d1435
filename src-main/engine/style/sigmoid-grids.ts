/**
 * @file The preconditioned picture: 255 * sigmoid(sum of grids / 64), always in gamut.
 *
 * [Note: Preconditioned image] In plain pixels the loss is badly conditioned: broad changes of colour need many
 * steps, since each pixel must be moved on its own. Written as a sum of grids (full size, 1/2, 1/4 …, each enlarged
 * bilinearly), a broad change is a short step of the coarse grids, and L-BFGS needs a fraction of the iterations.
 * The sigmoid keeps every pixel between 0 and 255, so nothing is lost when the picture is saved.
 */
import type { ScaleSize } from '../../../src-shared/math/scales'
import { enlargeAdd, shrinkAdjoint, type PixelGrid } from './grid-enlargement'
import type { ImageParameters } from './image-parameters'

/** Grids from the full size down. Fewer or more of them, or another share, take more iterations to the same loss. */
const LEVELS = 5
/** What an enlarged grid counts beside the next finer one. */
const COARSER_SHARE = 0.7
/** Grey levels for each unit of the logit: near mid-grey a value of 1 moves a pixel by about one level. */
const VALUES_PER_LOGIT = 64
/** At 0 and 255 the logit is infinite and its slope nothing, so a picture starts a little inside the gamut. */
const GAMUT_MARGIN = 0.02

export class SigmoidGrids implements ImageParameters {
  readonly #grids: readonly PixelGrid[]
  /** sigmoid(sum of grids / 64) of the last call of `pixels`. */
  readonly #activation: Float32Array

  /** Takes over `values`: all grids, the finest first, one behind the other. */
  constructor(
    readonly size: ScaleSize,
    readonly values: Float32Array,
  ) {
    const sizes = gridSizes(size)
    let offset = 0
    this.#grids = sizes.map(({ width, height }) => {
      const length = width * height * 3
      const grid = { width, height, values: values.subarray(offset, offset + length) }
      offset += length
      return grid
    })
    if (offset !== values.length) throw new Error(`${String(values.length)} values for ${String(offset)}`)
    this.#activation = new Float32Array(size.width * size.height * 3)
  }

  /** How many values the grids of a picture have. */
  static lengthOf(size: ScaleSize): number {
    return gridSizes(size).reduce((sum, { width, height }) => sum + width * height * 3, 0)
  }

  /** Starts from a picture (height × width × 3, 0-255); the finest grid holds all of it. */
  static fromPixels(size: ScaleSize, pixels: Float32Array): SigmoidGrids {
    const values = new Float32Array(SigmoidGrids.lengthOf(size))
    for (let i = 0; i < pixels.length; i++) {
      const level = Math.min(1, Math.max(0, pixels[i]! / 255))
      const inside = GAMUT_MARGIN + (1 - 2 * GAMUT_MARGIN) * level
      values[i] = VALUES_PER_LOGIT * Math.log(inside / (1 - inside))
    }
    return new SigmoidGrids(size, values)
  }

  pixels(): Float32Array {
    const logits = this.#sum()
    const pixels = new Float32Array(logits.length)
    for (let i = 0; i < logits.length; i++) {
      const level = 1 / (1 + Math.exp(-logits[i]! / VALUES_PER_LOGIT))
      this.#activation[i] = level
      pixels[i] = 255 * level
    }
    return pixels
  }

  pullBack(pixelGradient: Float32Array): Float32Array {
    const gradient = new Float32Array(this.values.length)
    const activation = this.#activation
    for (let i = 0; i < pixelGradient.length; i++) {
      const level = activation[i]!
      gradient[i] = pixelGradient[i]! * ((255 / VALUES_PER_LOGIT) * level * (1 - level))
    }
    let offset = 0
    for (const [index, fine] of this.#grids.entries()) {
      const coarse = this.#grids[index + 1]
      if (coarse === undefined) break
      const next = offset + fine.values.length
      shrinkAdjoint(
        { ...fine, values: gradient.subarray(offset, next) },
        { ...coarse, values: gradient.subarray(next, next + coarse.values.length) },
        COARSER_SHARE,
      )
      offset = next
    }
    return gradient
  }

  /** The sum of all grids at full size: each level is enlarged and added to the next finer one. */
  #sum(): Float32Array {
    return this.#grids.toReversed().reduce<PixelGrid | null>((coarser, { width, height, values }) => {
      const total = { width, height, values: values.slice() }
      if (coarser !== null) enlargeAdd(coarser, total, COARSER_SHARE)
      return total
    }, null)!.values
  }
}

function gridSizes({ width, height }: ScaleSize): readonly ScaleSize[] {
  return Array.from({ length: LEVELS }, (_, level) => ({
    width: Math.ceil(width / 2 ** level),
    height: Math.ceil(height / 2 ** level),
  }))
}
