/**
 * @file The original VGG-19 weights as they come with the program: each layer's kernel holds at most 256 different
 * values, so the file stores indices into a codebook, a byte for each weight (see weights/NOTICE).
 */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { readVerifiedWeights } from './manifest'
import { readSafetensors, type Safetensors, type SafetensorsTensor } from './safetensors'
import type { TrainedTensor, TrainedWeights } from './trained-weights'

export const VGG19_WEIGHTS = 'vgg19'
const CODEBOOK_SIZE = 256
const KERNEL_RANK = 4
/** No layer but the first reads so few channels. */
const IMAGE_CHANNELS = 3

/**
 * The 16 convolutions of VGG-19, from the project's folder `weights`.
 * @throws ImpastoError weights-missing, weights-altered, tensor-file-invalid
 */
export async function loadVgg19Weights(folder: string): Promise<TrainedWeights> {
  const { entry, path, bytes } = await readVerifiedWeights(folder, VGG19_WEIGHTS)
  const file = readSafetensors(bytes, path)
  const { mean, channelOrder } = entry.input
  return {
    mean: channelOrder === 'bgr' ? [mean[2], mean[1], mean[0]] : mean,
    tensor: (name) => decode(file, path, name, channelOrder),
  }
}

/** The file holds for each layer a bias, and in the place of a kernel a codebook and indices into it. */
function decode(file: Safetensors, path: string, name: string, order: 'rgb' | 'bgr'): TrainedTensor {
  const layer = name.slice(0, name.lastIndexOf('/'))
  if (name === `${layer}/bias`) return tensor(file, path, name, 'F32')
  const kernel = decodeKernel(file, path, layer)
  const readsImage = kernel.shape[2] === IMAGE_CHANNELS
  return readsImage && order === 'bgr' ? withInputChannelsReversed(kernel) : kernel
}

function decodeKernel(file: Safetensors, path: string, layer: string): TrainedTensor {
  const codebook = tensor(file, path, `${layer}/codebook`, 'F32').values
  const { shape, values: indices } = tensor(file, path, `${layer}/kernel_index`, 'U8')
  if (codebook.length !== CODEBOOK_SIZE || shape.length !== KERNEL_RANK) {
    throw new ImpastoError('tensor-file-invalid', {
      path,
      reason: `the kernel of ${layer} is of another form`,
    })
  }
  const values = new Float32Array(indices.length)
  for (let position = 0; position < values.length; position += 1) {
    values[position] = codebook[indices[position] ?? 0] ?? 0
  }
  return { shape, values }
}

function withInputChannelsReversed({ shape, values }: TrainedTensor): TrainedTensor {
  const outputChannels = shape.at(-1) ?? 1
  const reversed = Float32Array.from(values, (_, index) => {
    const output = index % outputChannels
    const input = Math.floor(index / outputChannels) % IMAGE_CHANNELS
    const window = Math.floor(index / (outputChannels * IMAGE_CHANNELS))
    const source = (window * IMAGE_CHANNELS + (IMAGE_CHANNELS - 1 - input)) * outputChannels + output
    return values[source] ?? 0
  })
  return { shape, values: reversed }
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
