/**
 * @file The original VGG-19 weights as they come with the program: each layer's kernel holds at most 256 different
 * values, so the file stores indices into a codebook, a byte for each weight (see weights/NOTICE).
 */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { ConvolutionalWeights, ConvolutionWeights } from './convolution-weights'
import { readVerifiedWeights } from './manifest'
import { readSafetensors, type Safetensors, type SafetensorsTensor } from './safetensors'

export const VGG19_WEIGHTS = 'vgg19'
const CODEBOOK_SIZE = 256

/**
 * The 16 convolutions of VGG-19, from the project's folder `weights`.
 * @throws ImpastoError weights-missing, weights-altered, tensor-file-invalid
 */
export async function loadVgg19Weights(folder: string): Promise<ConvolutionalWeights> {
  const { entry, path, bytes } = await readVerifiedWeights(folder, VGG19_WEIGHTS)
  const file = readSafetensors(bytes, path)
  return { input: entry.input, convolution: (name) => decode(file, path, name) }
}

function decode(file: Safetensors, path: string, name: string): ConvolutionWeights {
  const codebook = tensor(file, path, `${name}/codebook`, 'F32').values
  const bias = tensor(file, path, `${name}/bias`, 'F32').values
  const { shape, values: indices } = tensor(file, path, `${name}/kernel_index`, 'U8')
  const [height, width, inputChannels, outputChannels] = shape
  if (
    codebook.length !== CODEBOOK_SIZE ||
    height === undefined ||
    width === undefined ||
    inputChannels === undefined ||
    outputChannels !== bias.length
  ) {
    throw new ImpastoError('tensor-file-invalid', {
      path,
      reason: `the shapes of ${name} do not fit each other`,
    })
  }
  const kernel = new Float32Array(indices.length)
  for (let position = 0; position < kernel.length; position += 1) {
    kernel[position] = codebook[indices[position] ?? 0] ?? 0
  }
  return { kernelShape: [height, width, inputChannels, outputChannels], kernel, bias }
}

function tensor<D extends SafetensorsTensor['dtype']>(
  file: Safetensors,
  path: string,
  name: string,
  dtype: D,
): Extract<SafetensorsTensor, { dtype: D }> {
  const found = file.tensors.get(name)
  if (found?.dtype === dtype) return found as Extract<SafetensorsTensor, { dtype: D }>
  throw new ImpastoError('tensor-file-invalid', { path, reason: `it has no tensor ${name} of type ${dtype}` })
}
