/** @file Trained weights as networks read them. */

export interface TrainedTensor {
  readonly shape: readonly number[]
  /** In row-major order. */
  readonly values: Float32Array
}

export interface TrainedWeights {
  /** Of the pictures that they were trained with, RGB of 0 to 255; it is subtracted from a picture before it enters. */
  readonly mean: readonly [red: number, green: number, blue: number]
  /**
   * The tensor of a network's parameter, decoded at each call. Kernels are laid out [height, width, input channels,
   * output channels] and read RGB.
   *
   * @param name the parameter's name in the graph, such as `block1_conv1/kernel`
   * @throws ImpastoError tensor-file-invalid where there is none
   */
  tensor(name: string): TrainedTensor
}
