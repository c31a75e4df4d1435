/** @file How a picture is written as the numbers that an optimiser moves. */

export interface ImageParameters {
  /** The numbers the optimiser moves, in place; about one grey level of change for a change of 1. */
  readonly values: Float32Array
  /** The picture: height × width × 3, RGB, interleaved, nominally 0-255. */
  pixels(): Float32Array
  /** The chain rule: dL/dvalues of dL/dpixels, at the values of the last call of `pixels`. */
  pullBack(pixelGradient: Float32Array): Float32Array
}

/** The plain parametrisation of the papers: one value for each channel of each pixel, unbounded. */
export class RawPixels implements ImageParameters {
  constructor(readonly values: Float32Array) {}

  pixels(): Float32Array {
    return this.values
  }

  pullBack(pixelGradient: Float32Array): Float32Array {
    return pixelGradient
  }
}
