import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { tensorflowEnvironment, threadCount } from './tensorflow-environment'

const cores = availableParallelism()

it('turns oneDNN on and uses every core', () => {
  expect(tensorflowEnvironment({})).toMatchObject({
    TF_ENABLE_ONEDNN_OPTS: '1',
    TF_NUM_INTRAOP_THREADS: String(cores),
    TF_NUM_INTEROP_THREADS: '1',
  })
})

it('leaves what a person has set, and adds nothing of theirs', () => {
  const environment = tensorflowEnvironment({
    TF_NUM_INTRAOP_THREADS: '3',
    TF_NUM_INTEROP_THREADS: '2',
    TF_CPP_MIN_LOG_LEVEL: '0',
    HOME: '/home/somebody',
  })
  expect(environment).toMatchObject({
    TF_NUM_INTRAOP_THREADS: '3',
    TF_NUM_INTEROP_THREADS: '2',
    TF_CPP_MIN_LOG_LEVEL: '0',
  })
  expect(environment).not.toHaveProperty('HOME')
})

it.each([
  ['1', 1],
  [String(4 * cores), 4 * cores],
  [String(4 * cores + 1), cores],
  ['100000', cores],
  ['0', cores],
  ['-1', cores],
  ['1.5', cores],
  ['4,2', cores],
  ['1e1', cores],
  [' 1', cores],
  ['two', cores],
  ['', cores],
  [undefined, cores],
])('counts %j threads as %i', (value, threads) => {
  const parent = { TF_NUM_INTRAOP_THREADS: value, OMP_NUM_THREADS: '4,2' }
  expect(threadCount(parent)).toBe(threads)
  // The engine finds the number that it was started with.
  expect(threadCount(tensorflowEnvironment(parent))).toBe(threads)
})
