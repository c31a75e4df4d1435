/**
 * @file Convolutions and poolings with strides and paddings, and their gradients, beside PyTorch's.
 *
 * scripts/reference/sliding_windows_golden.py writes the golden file and tells why equal means equal to the bit.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { TensorValue } from '../runtime/executor'
import { openSession } from '../runtime/session/session'
import { readSafetensors, type Safetensors } from '../weights/safetensors'
import { gradients } from './backpropagation'
import { Graph } from './graph'
import type { Node } from './node'
import { multiply } from './operations/arithmetic'
import { conv2d } from './operations/convolution'
import { averagePool, maxPool } from './operations/pooling'
import { sum } from './operations/reduction'
import { placeholder } from './operations/source'

const size2d = z.tuple([z.number(), z.number()])
const attributesSchema = z.object({
  kind: z.enum(['conv2d', 'maxPool', 'averagePool']),
  window: size2d,
  strides: size2d,
  padding: z.enum(['same', 'valid']),
})
type Attributes = z.infer<typeof attributesSchema>

const path = fileURLToPath(new URL('testing/sliding-windows-golden.safetensors', import.meta.url))
const golden: Safetensors = readSafetensors(await readFile(path), path)
const cases = Object.entries(golden.metadata).map(([name, attributes]) => ({
  name,
  attributes: attributesSchema.parse(JSON.parse(attributes)),
}))

function tensorOf(name: string): TensorValue {
  const tensor = golden.tensors.get(name)
  if (tensor?.dtype !== 'F32') throw new Error(`the golden file has no tensor ${name}`)
  return tensor
}

function slide({ kind, window, strides, padding }: Attributes, image: Node, filter: Node): Node {
  if (kind === 'conv2d') return conv2d(image, filter, { strides, padding })
  return (kind === 'maxPool' ? maxPool : averagePool)(image, { window, strides, padding })
}

describe.each(cases)('$name', ({ name, attributes }) => {
  const hasFilter = attributes.kind === 'conv2d'
  const fed = ['image', 'upstream', ...(hasFilter ? ['filter'] : [])]
  const feeds = Object.fromEntries(fed.map((part) => [part, tensorOf(`${name}/${part}`)]))

  it.each([
    { sizes: 'known', open: [] },
    { sizes: 'open', open: [1, 2] },
  ])('gives the result and the gradients of the reference with $sizes sizes', async ({ open }) => {
    const graph = new Graph()
    const input = (part: string): Node => {
      const { shape } = tensorOf(`${name}/${part}`)
      const sizes = part === 'filter' ? shape : shape.map((size, axis) => (open.includes(axis) ? null : size))
      return placeholder(graph, part, sizes)
    }
    const inputs = Object.fromEntries(fed.map((part) => [part, input(part)]))
    const { image = input('image'), filter = image, upstream = image } = inputs
    const result = slide(attributes, image, filter)
    const found = gradients(sum(multiply(result, upstream)), hasFilter ? [image, filter] : [image])
    const gradientNames = ['image_gradient', 'filter_gradient']
    const outputs: Record<string, Node> = {
      result,
      ...Object.fromEntries(found.map((gradient, index) => [gradientNames[index] ?? '', gradient])),
    }
    const session = await openSession({ run: { inputs, outputs } })
    const computed = session.functions.run(feeds)
    session.dispose()
    for (const [part, { shape, values }] of Object.entries(computed)) {
      const reference = tensorOf(`${name}/${part}`)
      expect({ part, shape }).toEqual({ part, shape: reference.shape })
      expect({ part, values: [...values] }).toEqual({ part, values: [...reference.values] })
    }
  })
})

it('has a reference for each kind, padded and unpadded, whose windows overlap', () => {
  const overlapping = cases
    .map(({ attributes }) => attributes)
    .filter(({ window, strides }) => window[0] > strides[0] || window[1] > strides[1])
  const covered = new Set(overlapping.map(({ kind, padding }) => `${kind} ${padding}`))
  expect([...covered].sort()).toEqual(
    ['averagePool', 'conv2d', 'maxPool'].flatMap((kind) => [`${kind} same`, `${kind} valid`]),
  )
})
