import { afterEach, describe, expect, it } from 'vitest'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { exampleJob } from '../storage/testing/examples'
import { isProcessAlive } from '../storage/process-identity'
import { EngineKeeper } from './engine-keeper'
import { EngineProcess } from './engine-process'

const entry = new URL('./testing/protocol-engine.mjs', import.meta.url).pathname
const started: EngineProcess[] = []

function startEngine(
  behaviour: string,
  environment: NodeJS.ProcessEnv = {},
  node = process.execPath,
): EngineProcess {
  const engine = EngineProcess.start({
    entry,
    node,
    environment: { ...process.env, ...environment, IMPASTO_TEST_ENGINE: behaviour },
  })
  started.push(engine)
  return engine
}

const inspect = (engine: EngineProcess) => engine.run('inspect-picture', { path: '/photograph.jpg' })

const paint = (engine: EngineProcess, events: PaintingEvent[] = []) =>
  engine.run('stylize', exampleJob('run', '/run'), { onEvent: (event) => events.push(event) })

afterEach(async () => {
  const engines = started.splice(0)
  await Promise.all(engines.map((engine) => engine.kill()))
  for (const { processId } of engines) expect(processId !== null && isProcessAlive(processId)).toBe(false)
})

describe('a task', () => {
  it('gives its events and then its result', async () => {
    const events: PaintingEvent[] = []
    const result = await paint(startEngine('finish'), events).result
    expect(result).toEqual({ output: '/painting.png', iteration: 9, complete: true })
    expect(events).toEqual([{ event: 'checkpoint', iteration: 1 }])
  })

  it('takes a control that is given before the engine is ready', async () => {
    const task = inspect(startEngine('wait'))
    task.control('stop')
    await expect(task.result).rejects.toMatchObject({ code: 'usage', data: { message: 'control stop' } })
  })

  it('fails where the result or a message is not what the contract says', async () => {
    await expect(inspect(startEngine('finish-wrongly')).result).rejects.toThrow(/width/)
    await expect(inspect(startEngine('talk-nonsense')).result).rejects.toThrow(/cannot be understood/)
    await expect(paint(startEngine('tell-wrongly')).result).rejects.toThrow(/cannot be understood/)
    // A task that only answers has nothing to tell.
    await expect(inspect(startEngine('finish')).result).rejects.toThrow(/cannot be understood/)
  })
})

describe('a failure of a task', () => {
  it.each(['session-failed', 'image-too-slow', 'unexpected', 'engine-unavailable'])(
    '%s ends the engine, which is spent',
    async (behaviour) => {
      const engine = startEngine(behaviour)
      await expect(inspect(engine).result).rejects.toMatchObject({ code: behaviour })
      expect(engine.acceptsTasks).toBe(false)
      expect(await engine.exited).toMatchObject({ cause: 'asked', detail: 'exit code 0' })
    },
  )

  it('lets what else runs in that engine finish before', async () => {
    const engine = startEngine('session-failed-second')
    const events: PaintingEvent[] = []
    const other = paint(engine, events)
    await expect.poll(() => events).toHaveLength(1)
    await expect(inspect(engine).result).rejects.toMatchObject({ code: 'session-failed' })
    expect(engine.acceptsTasks).toBe(false)
    other.control('stop')
    await expect(other.result).rejects.toMatchObject({ data: { message: 'control stop' } })
    expect(await engine.exited).toMatchObject({ cause: 'asked' })
  })

  it('of any other kind leaves the engine as it is', async () => {
    const engine = startEngine('wait')
    const task = inspect(engine)
    task.control('stop')
    await expect(task.result).rejects.toMatchObject({ code: 'usage' })
    expect(engine.acceptsTasks).toBe(true)
  })

  it('gets the next task a fresh engine', async () => {
    const engines = new EngineKeeper({
      entry,
      node: process.execPath,
      environment: { ...process.env, IMPASTO_TEST_ENGINE: 'session-failed' },
    })
    const first = engines.engine()
    started.push(first)
    await expect(inspect(first).result).rejects.toMatchObject({ code: 'session-failed' })
    const second = engines.engine()
    started.push(second)
    expect(second.processId).not.toBe(first.processId)
  })
})

describe('the end of an engine', () => {
  it.each([
    ['SIGKILL', 'memory', 'SIGKILL'],
    [
      'allocate-too-much',
      'memory',
      "SIGABRT: terminate called after throwing an instance of 'std::bad_alloc'",
    ],
    ['SIGSEGV', 'crash', 'SIGSEGV'],
    ['SIGTERM', 'signal', 'SIGTERM'],
    ['throw', 'crash', 'exit code 1: Error: a fault in the engine'],
  ])('%s counts as %s', async (behaviour, cause, detail) => {
    const engine = startEngine(behaviour)
    await expect(inspect(engine).result).rejects.toMatchObject({
      code: 'engine-died',
      data: { cause, detail, sizeThatFits: null },
    })
    expect(await engine.exited).toMatchObject({ cause, detail })
    expect(engine.alive).toBe(false)
  })

  it('fails what is under way and what comes after a kill, which is no death', async () => {
    const engine = startEngine('wait')
    const task = inspect(engine)
    const failure = expect(task.result).rejects.toMatchObject({
      code: 'engine-died',
      data: { cause: 'signal' },
    })
    await engine.ready
    expect(await engine.kill()).toMatchObject({ cause: 'asked' })
    await failure
    await expect(inspect(engine).result).rejects.toMatchObject({ code: 'engine-died' })
  })

  it('leaves when asked', async () => {
    expect(await startEngine('wait').shutDown()).toMatchObject({ cause: 'asked', detail: 'exit code 0' })
  })

  it.each([
    ['a fault at start', () => startEngine('fail-to-start'), /the binding is missing/],
    ['a Node that is not there', () => startEngine('finish', {}, '/nowhere/node'), /ENOENT/],
  ])('says that an engine is unavailable: %s', async (_, start, reason) => {
    const engine = start()
    await expect(inspect(engine).result).rejects.toMatchObject({
      code: 'engine-unavailable',
      data: { reason: expect.stringMatching(reason) as string },
    })
    await expect(engine.ready).rejects.toMatchObject({ code: 'engine-unavailable' })
    expect(await engine.shutDown()).toMatchObject({ detail: expect.stringMatching(reason) as string })
  })
})

it('sets what TensorFlow reads and removes what would change Node', async () => {
  const engine = startEngine('environment', { NODE_OPTIONS: '--title=changed', TF_CPP_MIN_LOG_LEVEL: '0' })
  const report = await inspect(engine).result.catch((error: unknown) => error)
  const environment = JSON.parse((report as { data: { message: string } }).data.message) as NodeJS.ProcessEnv
  expect(environment.NODE_OPTIONS).toBeUndefined()
  expect(environment).toMatchObject({ TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '0' })
})
