import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { wholePicture } from '../../src-shared/model/framing'
import { styleRecipeSchema } from '../../src-shared/model/style-recipe'
import { stylizeJobSchema, type StylizeJob } from '../../src-shared/model/stylize-job'
import { EngineKeeper } from './engine-keeper'
import { startStylizeRun, type StylizeRun } from './stylize-run'

let folder: string
let engines: EngineKeeper
let events: PaintingEvent[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'impasto-run-'))
  const entry = new URL('./testing/dying-engine.mjs', import.meta.url).pathname
  engines = new EngineKeeper({ entry, node: process.execPath })
  events = []
})

afterEach(async () => {
  await engines.kill()
  expect(engines.processId).toBeNull()
  rmSync(folder, { recursive: true })
})

/** What each start of the task does: see testing/dying-engine.mjs. */
function paint(
  plan: readonly (readonly (number | string)[])[],
  changes: Partial<StylizeJob> = {},
  memory: 'check' | 'ignore' = 'ignore',
): StylizeRun {
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
  const job = stylizeJobSchema.parse({
    kind: 'stylize',
    runId: 'run',
    folder,
    photograph: { path: '/photograph.jpg', framing: {} },
    painting: { path: '/painting.jpg' },
    initialImage: null,
    recipe: {},
    output: { path: '/painting.png', overwrite: 'never' },
    resume: false,
    ...changes,
  })
  return startStylizeRun(job, { engines, onEvent: (event) => events.push(event), memory })
}

const logged = (): boolean => existsSync(join(folder, 'log.txt'))
const log = (): readonly string[] => readFileSync(join(folder, 'log.txt'), 'utf8').trim().split('\n')
const restarts = (): readonly PaintingEvent[] => events.filter(({ event }) => event === 'notice')

describe('the death of an engine', () => {
  it('is survived from the last checkpoint, and told', async () => {
    const run = paint([[3, 6, 'SIGKILL'], ['finish']])
    expect(await run.result).toEqual({ output: '/painting.png', iteration: 9, complete: true })
    expect(log()).toEqual(['anew', 'resumed'])
    expect(restarts()).toEqual([
      { event: 'notice', notice: { code: 'engine-restarted', iteration: 6, cause: 'memory' } },
    ])
  })

  it('is survived any number of times as long as checkpoints come between', async () => {
    const run = paint([[1, 'SIGSEGV'], [2, 'SIGSEGV'], [3, 'SIGSEGV'], ['finish']])
    expect(await run.result).toMatchObject({ complete: true })
    expect(restarts()).toHaveLength(3)
  })

  it('starts anew where there is no checkpoint yet', async () => {
    await paint([['SIGABRT'], ['finish']]).result
    expect(log()).toEqual(['anew', 'anew'])
  })

  it('goes on from the checkpoint that the run was resumed from', async () => {
    await paint([['SIGABRT'], ['finish']], { resume: true }).result
    expect(log()).toEqual(['resumed', 'resumed'])
  })

  it('is survived while the photograph is looked at', async () => {
    const photograph = { path: join(folder, 'photograph.jpg'), framing: wholePicture }
    writeFileSync(photograph.path, 'SIGSEGV')
    const run = paint([['finish']], { photograph })
    expect(await run.result).toMatchObject({ complete: true })
    expect(restarts()).toHaveLength(1)
  })

  it('ends the run the second time without a checkpoint between, with the next size that fits', async () => {
    await expect(paint([[4, 'SIGKILL'], ['SIGKILL']]).result).rejects.toMatchObject({
      code: 'engine-died',
      data: { cause: 'memory', sizeThatFits: 384 },
    })
    expect(restarts()).toHaveLength(1)
  })
})

describe('what is no accident', () => {
  it('a kill by the owner is not survived', async () => {
    const run = paint([[1, 'await-control']])
    const failure = expect(run.result).rejects.toMatchObject({ code: 'engine-died' })
    await expect.poll(() => events).toHaveLength(1)
    await engines.kill()
    await failure
    expect(restarts()).toEqual([])
  })

  it("a failure of the task is the run's, and a fault gets the next one a fresh engine", async () => {
    const run = paint([['fault'], ['finish']])
    const first = engines.processId
    await expect(run.result).rejects.toMatchObject({ code: 'unexpected' })
    expect(engines.engine().processId).not.toBe(first)
  })
})

describe('an order', () => {
  it.each([
    ['stop', ['stop']],
    ['stop', ['stop', 'pause']],
    ['stop', ['pause', 'stop', 'resume']],
    ['pause', ['resume', 'pause']],
  ] as const)('%s reaches the engine that replaces a dead one, after %j', async (order, controls) => {
    const run = paint([
      ['paint', 'await-control', 'SIGTERM'],
      ['await-control', 'finish'],
    ])
    await expect.poll(() => events).toHaveLength(1)
    for (const control of controls) run.control(control)
    expect(await run.result).toMatchObject({ complete: true })
    expect(log()).toEqual(['anew', controls[0], 'anew', order])
  })

  it('none is given to the new engine where the last was to go on', async () => {
    const run = paint([['paint', 'await-control', 'SIGTERM'], ['finish']])
    await expect.poll(() => events).toHaveLength(1)
    run.control('pause')
    run.control('resume')
    await run.result
    expect(log()).toEqual(['anew', 'pause', 'anew'])
  })

  it('to cancel is answered by an engine that paints', async () => {
    const run = paint([['paint', 'await-control', 'finish']])
    await expect.poll(() => events).toHaveLength(1)
    run.control('cancel')
    expect(await run.result).toMatchObject({ complete: true })
    expect(log()).toEqual(['anew', 'cancel'])
  })

  it('to cancel ends an engine that does not paint yet, and so does not listen', async () => {
    const run = paint([['hang']])
    await expect.poll(logged).toBe(true)
    run.control('cancel')
    expect(await run.result).toEqual({ output: null, iteration: 0, complete: false })
    expect(engines.processId).toBeNull()
  })

  it('to cancel is no reason to start another engine', async () => {
    const run = paint([['paint', 4, 'await-control', 'SIGKILL'], ['finish']])
    await expect.poll(() => events).toHaveLength(2)
    run.control('cancel')
    expect(await run.result).toEqual({ output: null, iteration: 4, complete: false })
    expect(log()).toEqual(['anew', 'cancel'])
  })
})

describe('a kill', () => {
  it.each([
    ['with nothing saved', [['paint', 'hang']], 1, null],
    ['with a checkpoint', [['paint', 7, 'hang']], 2, 7],
    ['after an order to stop', [['paint', 7, 'hang']], 2, 7],
  ] as const)('ends the painting at once, %s', async (name, plan, eventCount, iteration) => {
    const run = paint(plan)
    const failure = expect(run.result).rejects.toMatchObject({ code: 'run-killed', data: { iteration } })
    await expect.poll(() => events).toHaveLength(eventCount)
    if (name === 'after an order to stop') run.control('stop')
    await run.kill()
    expect(engines.processId).toBeNull()
    await failure
    expect(restarts()).toEqual([])
  })

  it('ends a painting whose engine is not ready yet', async () => {
    const run = paint([['finish']])
    const failure = expect(run.result).rejects.toMatchObject({
      code: 'run-killed',
      data: { iteration: null },
    })
    await run.kill()
    await failure
  })

  it('that comes late leaves the engine to the next painting', async () => {
    const run = paint([['finish']])
    await run.result
    const engine = engines.processId
    await run.kill()
    expect(engines.processId).toBe(engine)
  })
})

it('refuses a painting that needs more memory than is free, with the size that fits', async () => {
  process.env.IMPASTO_MEMORY_LIMIT = '1960'
  try {
    const run = paint([['finish']], { recipe: styleRecipeSchema.parse({ size: 2048 }) }, 'check')
    await expect(run.result).rejects.toMatchObject({ code: 'memory-too-small', data: { sizeThatFits: 608 } })
  } finally {
    delete process.env.IMPASTO_MEMORY_LIMIT
  }
})
