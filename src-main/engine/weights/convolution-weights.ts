/** @file Trained weights as a network file reads them. */

/** Weights of one convolution: kernel [height, width, input channels, output channels], bias [output channels]. */
export interface ConvolutionWeights {
  readonly kernelShape: readonly [number, number, number, number]
  readonly kernel: Float32Array
  readonly bias: Float32Array
}

/** How a network expects its input to be prepared. */
export interface InputConvention {
  readonly channelOrder: 'rgb' | 'bgr'
  /** Subtracted from values of 0 to 255, in the network's channel order. */
  readonly mean: readonly [number, number, number]
}

export interface ConvolutionalWeights {
  readonly input: InputConvention
  /** The weights of the convolution `name`; decoded at each call. */
  convolution(name: string): ConvolutionWeights
}
