/** @file A command leaves although its engine does not answer, and promises to go on only where something was saved. */
import { existsSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { impasto, isAlive, RunningCommand, type CommandResult } from './impasto-command'
import { openStudio, type Studio } from './studio'

/** Never reached: these runs are interrupted. */
const LONG = ['--size', '96', '--iterations', '1000', '--json'] as const

let studio: Studio

test.beforeEach(async () => {
  studio = await openStudio({ width: 96, height: 64 })
})

test.afterEach(() => {
  studio.remove()
})

/** Runs the command, doing `act` at each event of the given kind. */
function actAt(
  kind: PaintingEvent['event'],
  arguments_: readonly string[],
  act: (command: RunningCommand) => void,
): Promise<CommandResult> {
  const command = new RunningCommand(arguments_, {
    environment: studio.environment,
    onEvent: ({ event }, running) => {
      if (event === kind) act(running)
    },
  })
  return command.result
}

/** Calls `act` for the first call alone. */
function once<T>(act: (argument: T) => void): (argument: T) => void {
  let called = false
  return (argument) => {
    if (called) return
    called = true
    act(argument)
  }
}

test('SIGTERM ends a command whose engine is stuck, and takes the engine along', async () => {
  let engineId = 0
  const stick = once((command: RunningCommand) => {
    engineId = command.engineId
    process.kill(engineId, 'SIGSTOP')
    command.signal('SIGTERM')
  })
  const { code, errors } = await actAt('iteration', studio.stylize('stuck.png', ...LONG), stick)
  expect(code, errors).toBe(143)
  expect(errors).toMatch(/^impasto: The painting was ended at once; nothing of it was saved yet\. .*\n$/)
  expect(errors).not.toContain('--resume')
  expect(isAlive(engineId)).toBe(false)
  expect(existsSync(studio.at('stuck.png'))).toBe(false)
})

test('a second SIGTERM need not wait, and what an earlier run saved is offered', async () => {
  const arguments_ = studio.stylize('stuck.png', ...LONG)
  const terminate = once((command: RunningCommand) => {
    command.signal('SIGTERM')
  })
  expect((await actAt('iteration', arguments_, terminate)).code).toBe(143)

  let stuckAt = Infinity
  const stick = once((command: RunningCommand) => {
    process.kill(command.engineId, 'SIGSTOP')
    command.signal('SIGTERM')
    stuckAt = Date.now()
    // Signals of one kind that are pending together arrive as one.
    setTimeout(() => {
      command.signal('SIGTERM')
    }, 200)
  })
  const { code, errors } = await actAt('iteration', [...arguments_, '--resume'], stick)
  expect(code).toBe(143)
  expect(errors).toMatch(
    /^impasto: The painting was ended at once; .*\nThe same command with --resume .* iteration \d+\.\n$/,
  )
  expect(Date.now() - stuckAt, 'less than the ten seconds of grace').toBeLessThan(10_000)
})

test('a painting whose engine dies twice offers to go on only if it has got anywhere', async () => {
  const arguments_ = studio.stylize('dying.png', ...LONG)
  const kill = (command: RunningCommand): void => {
    process.kill(command.engineId, 'SIGKILL')
  }
  const lost = await actAt('iteration', arguments_, kill)
  expect(lost.code, lost.errors).toBe(6)
  expect(lost.errors).toContain('impasto: The painting engine was ended by the system')
  expect(lost.errors).not.toContain('--resume')

  const terminate = once((command: RunningCommand) => {
    command.signal('SIGTERM')
  })
  await actAt('iteration', arguments_, terminate)
  const saved = await actAt('iteration', [...arguments_, '--resume'], kill)
  expect(saved.code, saved.errors).toBe(6)
  expect(saved.errors).toMatch(/The same command with --resume goes on from iteration \d+\.\n$/)
})

test('a stop before the first iteration is told as one', async () => {
  const command = new RunningCommand(studio.stylize('early.png', '--size', '96'), studio)
  await expect.poll(() => command.hasEngine, { intervals: [5] }).toBe(true)
  command.signal('SIGTERM')
  const { code, errors } = await command.result
  expect(code, errors).toBe(143)
  expect(errors).toMatch(/Stopped before the first iteration\.\n$/)
  expect(errors).not.toContain('--resume')
})

test('what is refused before a painting began offers nothing', async () => {
  const environment = { ...studio.environment, IMPASTO_MEMORY_LIMIT: '100' }
  const { code, errors } = await impasto(studio.stylize('refused.png', '--size', '96'), { environment })
  expect(code).toBe(5)
  expect(errors).not.toContain('--resume')
})
