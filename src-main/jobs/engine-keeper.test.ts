import { afterEach, expect, it } from 'vitest'
import { isProcessAlive } from '../storage/process-identity'
import { EngineKeeper } from './engine-keeper'
import { residentMemory } from './memory'

const entry = (name: string): string => new URL(`./testing/${name}`, import.meta.url).pathname

let engines: EngineKeeper

afterEach(async () => {
  await engines.kill()
})

it('keeps the memory flat over many failures, each of which leaks in its engine', async () => {
  const FAILURES = 4
  engines = new EngineKeeper({ entry: entry('failing-engine.mjs'), node: process.execPath })
  const memory: number[] = []
  for (let failure = 0; failure < FAILURES; failure += 1) {
    const engine = engines.engine()
    await engine.run('warm-up', {}).result
    memory.push(residentMemory(engine.processId ?? 0))
    const measured = engine.run('measure', { image: '/a', photograph: '/b', painting: '/c' }).result
    await expect(measured).rejects.toMatchObject({ code: 'session-failed' })
    await engine.exited
  }
  // A failure leaves 64 MB in its engine; engines that have done the same differ by a few.
  expect(Math.max(...memory) - Math.min(...memory)).toBeLessThan(64e6)
})

it('tells each time an engine has become ready, the one after a death too', async () => {
  const ready: number[] = []
  engines = new EngineKeeper({
    entry: entry('protocol-engine.mjs'),
    node: process.execPath,
    onReady: ({ processId }) => ready.push(processId ?? 0),
  })
  const first = engines.engine()
  expect(engines.engine()).toBe(first)
  await first.ready
  process.kill(first.processId ?? 0, 'SIGKILL')
  await first.exited
  const second = engines.engine()
  await second.ready
  expect(ready).toEqual([first.processId, second.processId])
  expect(isProcessAlive(first.processId ?? 0)).toBe(false)
})
