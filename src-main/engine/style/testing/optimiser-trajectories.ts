/** @file The ways that PyTorch's optimisers went, in float64: written by scripts/reference/optimiser_trajectories.py. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { relativeError } from '../../graph/testing/relative-error'
import { readSafetensors } from '../../weights/safetensors'
import type { Optimiser } from '../optimiser'

export interface Trajectory {
  readonly settings: unknown
  /** How many values are moved. */
  readonly length: number
  /** Where it was before each step and after the last. */
  readonly values: readonly Float32Array[]
  /** What it was told there. */
  readonly gradients: readonly Float32Array[]
}

/**
 * Float32 against float64: each step rounds by 2^-24 of the values, and a curvature ten times another's (the valley's
 * condition) makes at most that much more of it. Seen: 2e-7; with a pair fewer, 3e-3.
 */
export const TRAJECTORY_TOLERANCE = 15 * 10 * 2 ** -24

export async function loadTrajectory(name: 'lbfgs' | 'adam'): Promise<Trajectory> {
  const path = fileURLToPath(new URL('optimiser-trajectories.safetensors', import.meta.url))
  const { metadata, tensors } = readSafetensors(await readFile(path), path)
  const rows = (of: 'values' | 'gradients'): Float32Array[] => {
    const tensor = tensors.get(`${name}/${of}`)
    if (tensor?.dtype !== 'F32') throw new Error(`the golden file has no tensor ${name}/${of}`)
    const [count = 0, length = 0] = tensor.shape
    return Array.from({ length: count }, (_, row) => tensor.values.subarray(row * length, (row + 1) * length))
  }
  const values = rows('values')
  const settings = JSON.parse(metadata[name] ?? 'null') as unknown
  return { settings, length: values[0]?.length ?? 0, values, gradients: rows('gradients') }
}

/** The relative error of each step's values where `optimiser` is told the same gradients. */
export function errorsAlong(
  { values: [start, ...reference], gradients }: Trajectory,
  optimiser: Optimiser,
): number[] {
  const values = Float32Array.from(start ?? [])
  return gradients.map((gradient, step) => {
    optimiser.step(values, gradient)
    return relativeError(values, reference[step] ?? [])
  })
}
