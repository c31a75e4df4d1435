/** @file The only door to tfjs and, through its binding, to TensorFlow. */
import util from 'node:util'
import * as tf from '@tensorflow/tfjs-node-gpu'
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend'

/** The binding calls a helper that Node dropped in version 23; it looks it up at each call, so this is early enough. */
if (!('isNullOrUndefined' in util)) {
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
}

/** The part of tfjs that computes with TensorFlow. @throws Error where another backend is active */
export function tensorflowBackend(): NodeJSKernelBackend {
  if (tf.getBackend() !== 'tensorflow') throw new Error(`the backend is ${tf.getBackend()}`)
  return tf.backend() as NodeJSKernelBackend
}

export { tf }
