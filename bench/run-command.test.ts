import { expect, it } from 'vitest'
import { threadCount } from '../src-main/engine/runtime/tensorflow-environment'
import { benchEnvironment, THREADS } from './run-command'

it('makes the engine and PyTorch compute with the same number of threads', () => {
  expect(threadCount(benchEnvironment)).toBe(THREADS)
  expect(benchEnvironment.OMP_NUM_THREADS).toBe(String(THREADS))
})
