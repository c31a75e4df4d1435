import { expect, test } from 'vitest'
import { tensorflowEnvironment } from './tensorflow-environment'

test('turns oneDNN on and uses every processor', () => {
  const environment = tensorflowEnvironment({})
  expect(environment.TF_ENABLE_ONEDNN_OPTS).toBe('1')
  expect(Number(environment.TF_NUM_INTRAOP_THREADS)).toBeGreaterThan(0)
})

test('leaves what a person has set', () => {
  const environment = tensorflowEnvironment({ TF_NUM_INTRAOP_THREADS: '3', HOME: '/home/somebody' })
  expect(environment.TF_NUM_INTRAOP_THREADS).toBe('3')
  expect(environment).not.toHaveProperty('HOME')
})
