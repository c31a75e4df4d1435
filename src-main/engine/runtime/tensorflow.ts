/** @file The only door to tfjs and, through its binding, to TensorFlow. */
import util from 'node:util'
import * as tf from '@tensorflow/tfjs-node-gpu'

/** The binding calls a helper that Node dropped in version 23; it looks it up at each call, so this is early enough. */
if (!('isNullOrUndefined' in util)) {
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
}

export { tf }
