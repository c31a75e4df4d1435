import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskEvent } from '../../src-shared/contract/task-events'
import { styleRecipeSchema } from '../../src-shared/model/style-recipe'
import { stylizeJobSchema, type StylizeJob } from '../../src-shared/model/stylize-job'
import { EngineKeeper } from './engine-keeper'
import { StylizeRun } from './stylize-run'

let folder: string
let engines: EngineKeeper
let events: TaskEvent[]

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

/** What each start of the task does: numbers are checkpoints at that iteration. */
function paint(
  plan: readonly (readonly (number | string)[])[],
  changes: Partial<StylizeJob> = {},
  memory: 'check' | 'ignore' = 'ignore',
): StylizeRun {
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
  const job = stylizeJobSchema.parse({
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
  return StylizeRun.start(job, { engines, onEvent: (event) => events.push(event), memory })
}

const log = (): readonly string[] => readFileSync(join(folder, 'log.txt'), 'utf8').trim().split('\n')
const restarts = (): readonly TaskEvent[] => events.filter(({ event }) => event === 'notice')

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

it('hands a stop on to the engine that replaces a dead one', async () => {
  const run = paint([['SIGTERM'], ['await-control', 'finish']])
  run.control('stop')
  expect(await run.result).toMatchObject({ complete: true })
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
