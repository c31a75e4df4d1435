/** @file What a result depends on beside its recipe: device kind, TensorFlow's version, threads. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { tf } from './tensorflow'

export interface Machine {
  readonly device: 'cpu' | 'gpu'
  readonly tensorflow: string
  readonly threads: number
}

const backendSchema = z.object({
  isUsingGpuDevice: z.boolean(),
  binding: z.object({ TF_Version: z.string() }),
})

export function machineOf(): Machine {
  const { isUsingGpuDevice, binding } = backendSchema.parse(tf.backend())
  return {
    device: isUsingGpuDevice ? 'gpu' : 'cpu',
    tensorflow: binding.TF_Version,
    threads: Number(process.env.OMP_NUM_THREADS ?? availableParallelism()),
  }
}
