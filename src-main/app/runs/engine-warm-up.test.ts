import { afterEach, expect, it } from 'vitest'
import type { EngineStatus } from '../../../src-shared/contract/window-contract'
import { EngineKeeper } from '../../jobs/engine-keeper'
import { EngineWarmUp } from './engine-warm-up'

let painter: EngineKeeper
let told: EngineStatus[]

afterEach(async () => {
  delete process.env.IMPASTO_TEST_ENGINE
  await painter.kill()
})

function warmUpOf(engine: string, rememberedSecondsPerMegapixel: number | null = null): EngineWarmUp {
  const entry = new URL(`../../jobs/testing/${engine}`, import.meta.url).pathname
  painter = new EngineKeeper({ entry, node: process.execPath })
  told = []
  return new EngineWarmUp({
    painter,
    rememberedSecondsPerMegapixel,
    onChange: (status) => told.push(status),
  })
}

it('starts the engine, measures it, and keeps what was measured before until then', async () => {
  const warmUp = warmUpOf('quick-painter.mjs', 9)
  expect(warmUp.status).toEqual({ state: 'starting', secondsPerMegapixel: 9, error: null })
  await warmUp.run()
  expect(told).toEqual([
    { state: 'starting', secondsPerMegapixel: 9, error: null },
    { state: 'measuring', secondsPerMegapixel: 9, error: null },
    // What quick-painter.ts says of every machine.
    { state: 'ready', secondsPerMegapixel: 2, error: null },
  ])
  expect(warmUp.status).toBe(told.at(-1))
})

it('says why the engine is not available, and starts another one where that is tried again', async () => {
  const warmUp = warmUpOf('protocol-engine.mjs', 9)
  process.env.IMPASTO_TEST_ENGINE = 'fail-to-start'
  await warmUp.run()
  expect(warmUp.status).toMatchObject({ state: 'unavailable', secondsPerMegapixel: 9 })
  expect(warmUp.status.error?.code).toMatch(/^engine-/)
  process.env.IMPASTO_TEST_ENGINE = 'wait'
  const again = warmUp.run()
  expect(warmUp.status).toMatchObject({ state: 'starting', error: null })
  await expect.poll(() => warmUp.status.state).toBe('measuring')
  await painter.kill()
  await again
  expect(warmUp.status.state).toBe('unavailable')
})

it('names no folder of this machine', async () => {
  const warmUp = warmUpOf('protocol-engine.mjs')
  process.env.IMPASTO_TEST_ENGINE = 'fail-to-start'
  await warmUp.run()
  expect(JSON.stringify(warmUp.status)).not.toContain(import.meta.dirname.split('/src-main/')[0])
})

it('takes a painting as the proof that the engine is available again, and of nothing else', async () => {
  const warmUp = warmUpOf('protocol-engine.mjs', 9)
  warmUp.notePainting()
  expect(told).toEqual([])
  process.env.IMPASTO_TEST_ENGINE = 'engine-unavailable'
  await warmUp.run()
  expect(warmUp.status).toMatchObject({
    state: 'unavailable',
    error: { code: 'engine-unavailable', data: { reason: 'no binding' } },
  })
  warmUp.notePainting()
  expect(warmUp.status).toEqual({ state: 'ready', secondsPerMegapixel: 9, error: null })
})
