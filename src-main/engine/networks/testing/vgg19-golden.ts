/**
 * @file What PyTorch computes, in double precision, from the same weights: read by tests only. The golden file is
 * written by scripts/reference/vgg19_golden.py.
 *
 * For pooling `max` and `avg`: activations after ReLU, the top left 16 x 16 of each Gram matrix of the painting, and
 * losses and image gradient of 0.01 * content + sum over layers of 10 / C^2 * Gram mean squared error.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { TensorValue } from '../../runtime/executor'
import { readSafetensors, type SafetensorsTensor } from '../../weights/safetensors'

export interface GoldenVgg19 {
  /** A tensor of the file as float32, with a leading batch dimension if it is an image. */
  tensor(name: string): TensorValue
  /** A scalar of the file's metadata. */
  scalar(name: string): number
}

export async function loadGoldenVgg19(): Promise<GoldenVgg19> {
  const path = fileURLToPath(new URL('vgg19-golden.safetensors', import.meta.url))
  const { metadata, tensors } = readSafetensors(await readFile(path), path)
  const find = (name: string): SafetensorsTensor => {
    const tensor = tensors.get(name)
    if (tensor) return tensor
    throw new Error(`the golden file has no tensor ${name}`)
  }
  return {
    tensor: (name) => {
      const { shape, values } = find(name)
      return { shape: shape.length === 3 ? [1, ...shape] : shape, values: Float32Array.from(values) }
    },
    scalar: (name) => {
      const text = metadata[name]
      if (text === undefined) throw new Error(`the golden file has no scalar ${name}`)
      return Number(text)
    },
  }
}
