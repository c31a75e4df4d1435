import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { EngineMessage, EngineRequest } from '../../../src-shared/contract/engine-messages'
import { stylizeJobSchema } from '../../../src-shared/model/stylize-job'
import { startProgram } from '../../storage/testing/other-process'
import { temporaryFolder } from '../../storage/testing/temporary-folder'

/** Milliseconds: far more than it takes to leave at once, far less than the hanging task would keep the process. */
const AT_ONCE = 20_000

let folder: string
let engine: ChildProcess
let messages: EngineMessage[]

beforeEach(async () => {
  folder = await temporaryFolder()
  engine = startProgram(join(import.meta.dirname, 'testing', 'small-engine.ts'))
  messages = []
  engine.on('message', (message: EngineMessage) => messages.push(message))
  await seen('ready')
})

const send = (request: EngineRequest): boolean => engine.send(request)

/** Waits for a message of the engine about a task. */
const seen = (kind: EngineMessage['kind'], taskId?: string) =>
  expect
    .poll(() =>
      messages.filter((one) => one.kind === kind && ('taskId' in one ? one.taskId : undefined) === taskId),
    )
    .not.toHaveLength(0)

function paint(taskId: string, resume = false): void {
  const job = stylizeJobSchema.parse({
    kind: 'stylize',
    runId: 'run',
    folder,
    photograph: { path: '/photograph.jpg', framing: {} },
    painting: { path: '/painting.jpg' },
    initialImage: null,
    recipe: {},
    output: { path: '/painting.png', overwrite: 'never' },
    resume,
  })
  send({ kind: 'start', taskId, task: 'stylize', arguments: job })
}

const inspect = (taskId: string) =>
  send({ kind: 'start', taskId, task: 'inspect-picture', arguments: { path: '/hanging.svg' } })

const ending = (): string | null =>
  existsSync(join(folder, 'end.txt')) ? readFileSync(join(folder, 'end.txt'), 'utf8') : null

describe('an engine whose parent is gone', () => {
  it('leaves at once, though a picture keeps its decoder busy', { timeout: AT_ONCE }, async () => {
    inspect('picture')
    engine.disconnect()
    await once(engine, 'exit')
  })

  it(
    'cancels a painting at its next suspension point, and leaves with what hangs',
    { timeout: AT_ONCE },
    async () => {
      paint('painting')
      inspect('picture')
      await seen('event', 'painting')
      engine.disconnect()
      await once(engine, 'exit')
      expect(ending()).toBe('cancel')
    },
  )

  it('cancels a paused painting', { timeout: AT_ONCE }, async () => {
    paint('painting')
    await seen('event', 'painting')
    send({ kind: 'control', taskId: 'painting', control: 'pause' })
    engine.disconnect()
    await once(engine, 'exit')
    expect(ending()).toBe('cancel')
  })

  it(
    'does not wait for a painting that never came to its first suspension point',
    { timeout: AT_ONCE },
    async () => {
      paint('painting', true)
      await seen('event', 'painting')
      engine.disconnect()
      await once(engine, 'exit')
      expect(ending()).toBeNull()
    },
  )
})

describe('an engine that is asked to leave', () => {
  it('cancels what runs, tells how it ended, and leaves', async () => {
    paint('painting')
    await seen('event', 'painting')
    send({ kind: 'shut-down' })
    await once(engine, 'exit')
    expect(ending()).toBe('cancel')
    await seen('finished', 'painting')
  })
})

describe('a control', () => {
  it('that comes for a task which is over, or never was, changes nothing', async () => {
    paint('first')
    await seen('event', 'first')
    send({ kind: 'control', taskId: 'nobody', control: 'cancel' })
    send({ kind: 'control', taskId: 'first', control: 'stop' })
    await seen('finished', 'first')
    send({ kind: 'control', taskId: 'first', control: 'pause' })
    send({ kind: 'control', taskId: 'first', control: 'cancel' })
    paint('second')
    await seen('event', 'second')
    expect(ending()).toBe('stop')
  })
})
