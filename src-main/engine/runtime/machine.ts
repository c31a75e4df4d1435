/** @file What a result depends on beside its recipe: device kind, TensorFlow's version, threads. */
import { z } from 'zod'
import { tf } from './tensorflow'
import { threadCount } from './tensorflow-environment'

export interface Machine {
  readonly device: 'cpu' | 'gpu'
  /** Version of the TensorFlow library that was loaded. */
  readonly tensorflow: string
  /** Processor threads that TensorFlow uses within one operation. */
  readonly threads: number
}

/** The part of tfjs's backend that says what its binding has loaded. */
const backendSchema = z.object({
  isUsingGpuDevice: z.boolean(),
  binding: z.object({ TF_Version: z.string() }),
})

export function machineOf(): Machine {
  const { isUsingGpuDevice, binding } = backendSchema.parse(tf.backend())
  return {
    device: isUsingGpuDevice ? 'gpu' : 'cpu',
    tensorflow: binding.TF_Version,
    threads: threadCount(process.env),
  }
}
