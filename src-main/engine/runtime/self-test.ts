/** @file Finds out, by computing something, which device computes and why the others do not. */
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { Graph } from '../graph/graph'
import { conv2d } from '../graph/operations/convolution'
import { constant, placeholder } from '../graph/operations/source'
import type { Device } from './session/program-def'
import { machineOf, type Machine } from './machine'
import { openSession } from './session/session'

/** What is known about the device that computed; reads like the device of a diagnosis. */
export interface SelfTest extends Pick<Machine, 'tensorflow' | 'threads'> {
  readonly kind: Device
  readonly name: string
  /** What the computation took once it was loaded. */
  readonly seconds: number
  readonly unused: readonly { readonly device: string; readonly reason: string }[]
}

const SIZE = 32
const CHANNELS = 8
const WINDOW = 3
const NVIDIA_DRIVER = '/proc/driver/nvidia/version'

/**
 * Convolves small integers on a device that it insists on, first a GPU, then the processor, and compares the result
 * with one computed here. Sums of small integers are exact in every arithmetic, so they have to be equal.
 * @throws ImpastoError session-failed if no device gives the right result.
 */
export async function runSelfTest(): Promise<SelfTest> {
  const { tensorflow, threads } = machineOf()
  const common = { tensorflow, threads }
  try {
    return { ...common, kind: 'gpu', name: 'NVIDIA GPU', seconds: await convolveOn('gpu'), unused: [] }
  } catch (error) {
    const seconds = await convolveOn('cpu')
    const unused = [{ device: 'NVIDIA GPU', reason: whyNoGpu(error) }]
    return { ...common, kind: 'cpu', name: cpus()[0]?.model ?? 'unknown processor', seconds, unused }
  }
}

/** One sentence. */
function whyNoGpu(error: unknown): string {
  if (!existsSync(NVIDIA_DRIVER)) return 'No NVIDIA driver is loaded.'
  const message = error instanceof Error ? error.message : String(error)
  return message.includes('CUDA is not enabled')
    ? 'A driver is loaded, but the installed TensorFlow is built for processors only.'
    : `TensorFlow could not use it: ${message}`
}

/** The seconds that the convolution takes on `device`. */
async function convolveOn(device: Device): Promise<number> {
  const graph = new Graph()
  const image = placeholder(graph, 'image', [1, null, null, CHANNELS])
  const filterValues = smallIntegers(WINDOW * WINDOW * CHANNELS * CHANNELS)
  const filter = constant(graph, filterValues, [WINDOW, WINDOW, CHANNELS, CHANNELS])
  const result = conv2d(image, filter, { padding: 'valid' })
  const session = await openSession({ convolve: { inputs: { image }, outputs: { result } } }, { device })
  try {
    const values = smallIntegers(SIZE * SIZE * CHANNELS)
    const feeds = { image: { shape: [1, SIZE, SIZE, CHANNELS], values } }
    session.functions.convolve(feeds)
    const start = performance.now()
    const computed = session.functions.convolve(feeds).result.values
    const seconds = (performance.now() - start) / 1000
    const expected = convolve(values, filterValues)
    if (!expected.every((value, index) => value === computed[index])) {
      throw new ImpastoError('session-failed', {
        reason: `the self-test on the ${device} gave a wrong result`,
      })
    }
    return seconds
  } finally {
    session.dispose()
  }
}

/** Integers of -4 to 4 in a fixed order without a short period. */
function smallIntegers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => ((index * index * 31 + index * 7) % 9) - 4)
}

/** The definition of a convolution with valid padding, written out. */
function convolve(image: Float32Array, filter: Float32Array): Float32Array {
  const outputSize = SIZE - WINDOW + 1
  const result = new Float32Array(outputSize * outputSize * CHANNELS)
  for (let position = 0; position < result.length; position += 1) {
    const output = position % CHANNELS
    const column = Math.floor(position / CHANNELS) % outputSize
    const row = Math.floor(position / (CHANNELS * outputSize))
    let sum = 0
    for (let tap = 0; tap < WINDOW * WINDOW * CHANNELS; tap += 1) {
      const input = tap % CHANNELS
      const across = Math.floor(tap / CHANNELS) % WINDOW
      const down = Math.floor(tap / (CHANNELS * WINDOW))
      const pixel = ((row + down) * SIZE + column + across) * CHANNELS + input
      sum += (image[pixel] ?? 0) * (filter[tap * CHANNELS + output] ?? 0)
    }
    result[position] = sum
  }
  return result
}
