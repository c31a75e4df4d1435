import { expect, it } from 'vitest'
import { Graph } from '../graph/graph'
import { relu } from '../graph/operations/activation'
import { placeholder } from '../graph/operations/source'
import { resourceCount } from './resource-count'
import { runSelfTest } from './self-test'
import { openSession } from './session/session'

it('the self-test names the device that computed and says why another did not', async () => {
  const before = await resourceCount()
  const result = await runSelfTest()
  expect(result.tensorflow).toMatch(/^2\.\d+/)
  expect(result.threads).toBeGreaterThan(0)
  expect(result.seconds).toBeGreaterThan(0)
  expect(result.name).not.toBe('')
  if (result.kind === 'cpu') expect(result.unused.map(({ device }) => device)).toEqual(['NVIDIA GPU'])
  expect(await resourceCount()).toEqual(before)
})

it('a session that insists on a device never falls back to another', async () => {
  const input = placeholder(new Graph(), 'input', [1])
  const run = async () => {
    const session = await openSession(
      { run: { inputs: { input }, outputs: { output: relu(input) } } },
      { device: 'gpu' },
    )
    try {
      return session.functions.run({ input: { shape: [1], values: Float32Array.of(2) } }).output.values[0]
    } finally {
      session.dispose()
    }
  }
  const { kind } = await runSelfTest()
  if (kind === 'gpu') expect(await run()).toBe(2)
  else await expect(run()).rejects.toThrow('session-failed')
})
