/**
 * @file A painting that is interrupted, in whatever way and wherever, ends with the same pixels as one that was not.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { impasto, isAlive, RunningCommand } from './impasto-command'
import { openStudio, pixelsOf, type Studio } from './studio'

/** The smallest picture that is painted at two scales: 160 × 64 px and 320 × 128 px. */
const SIZE = { width: 320, height: 128 }
const RECIPE = ['--size', '320', '--iterations', '5', '--json'] as const
/** Never reached: these runs are interrupted. */
const LONG = ['--size', '320', '--iterations', '1000', '--json'] as const

let studio: Studio
let uninterrupted: Buffer

test.beforeAll(async () => {
  studio = await openStudio(SIZE)
  const { code, errors } = await impasto(studio.stylize('uninterrupted.png', ...RECIPE), studio)
  expect(code, errors).toBe(0)
  uninterrupted = (await pixelsOf(studio.at('uninterrupted.png'))).data
})

test.afterAll(() => {
  studio.remove()
})

/** Runs to the end of the command, doing `act` once, after `count` iterations of `scale`. */
function interruptedAt(
  arguments_: readonly string[],
  { scale, count }: { scale: number; count: number },
  act: (command: RunningCommand) => void,
): { readonly command: RunningCommand; readonly events: PaintingEvent[] } {
  const events: PaintingEvent[] = []
  let iterations = 0
  const command = new RunningCommand(arguments_, {
    environment: studio.environment,
    onEvent: (event, running) => {
      events.push(event)
      if (event.event !== 'iteration' || event.scale !== scale) return
      iterations += 1
      if (iterations === count) act(running)
    },
  })
  return { command, events }
}

async function expectSamePixels(name: string): Promise<void> {
  expect((await pixelsOf(studio.at(name))).data.equals(uninterrupted)).toBe(true)
}

for (const scale of [1, 2]) {
  test(`SIGTERM, resuming, and kill -9 of the engine in scale ${String(scale)}`, async () => {
    const name = `scale-${String(scale)}.png`
    const first = interruptedAt(studio.stylize(name, ...RECIPE), { scale, count: 2 }, (command) => {
      command.signal('SIGTERM')
    })
    expect((await first.command.result).code).toBe(143)
    expect(existsSync(studio.at(name))).toBe(false)

    const resumed = interruptedAt(
      studio.stylize(name, ...RECIPE, '--resume'),
      { scale, count: 1 },
      (command) => {
        process.kill(command.engineId, 'SIGKILL')
      },
    )
    const { code, errors } = await resumed.command.result
    expect(code, errors).toBe(0)
    const notices = resumed.events.flatMap((event) => (event.event === 'notice' ? [event.notice] : []))
    expect(notices).toMatchObject([
      { code: 'resumed' },
      { code: 'engine-restarted', cause: 'memory' },
      { code: 'resumed' },
    ])
    await expectSamePixels(name)
  })
}

test('kill -9 of the engine before the first checkpoint', async () => {
  const { command, events } = interruptedAt(
    studio.stylize('anew.png', ...RECIPE),
    { scale: 1, count: 2 },
    ({ engineId }) => {
      process.kill(engineId, 'SIGKILL')
    },
  )
  expect((await command.result).code).toBe(0)
  expect(events).toContainEqual({
    event: 'notice',
    notice: { code: 'engine-restarted', iteration: 0, cause: 'memory' },
  })
  await expectSamePixels('anew.png')
})

test('Ctrl-C saves what there is; resuming finishes that picture and replaces no other', async () => {
  const { command, events } = interruptedAt(
    studio.stylize('stopped.png', ...RECIPE),
    { scale: 2, count: 2 },
    (running) => {
      running.signal('SIGINT')
    },
  )
  const { code, errors } = await command.result
  expect(code).toBe(130)
  expect(errors).toContain('Ctrl-C again leaves at once')
  expect(events.at(-1)).toMatchObject({ event: 'done', complete: false })
  expect((await pixelsOf(studio.at('stopped.png'))).width).toBe(320)

  const sidecar = readFileSync(studio.at('stopped.png.json'))
  writeFileSync(studio.at('stopped.png.json'), '{"program":"Impasto","runId":"another"}')
  const refused = await impasto(studio.stylize('stopped.png', ...RECIPE, '--resume'), studio)
  expect(refused.code).toBe(4)
  expect(refused.errors).toContain('exists already')

  writeFileSync(studio.at('stopped.png.json'), sidecar)
  expect((await impasto(studio.stylize('stopped.png', ...RECIPE, '--resume'), studio)).code).toBe(0)
  await expectSamePixels('stopped.png')
})

test('a second Ctrl-C leaves at once, and takes the engine along', async () => {
  let engineId = 0
  const { command } = interruptedAt(
    studio.stylize('left.png', ...LONG),
    { scale: 1, count: 1 },
    (running) => {
      engineId = running.engineId
      running.signal('SIGINT')
      running.signal('SIGINT')
      // Signals of one kind that are pending together arrive as one.
      setTimeout(() => {
        running.signal('SIGINT')
      }, 50)
    },
  )
  expect((await command.result).code).toBe(130)
  await expect.poll(() => isAlive(engineId)).toBe(false)
})

test('the engine does not outlive a command that was killed, and its run can be resumed', async () => {
  let engineId = 0
  const { command } = interruptedAt(
    studio.stylize('killed.png', ...RECIPE),
    { scale: 1, count: 2 },
    (running) => {
      engineId = running.engineId
      running.signal('SIGKILL')
    },
  )
  await command.result
  await expect.poll(() => isAlive(engineId)).toBe(false)
  expect(existsSync(studio.at('killed.png'))).toBe(false)
  expect((await impasto(studio.stylize('killed.png', ...RECIPE, '--resume'), studio)).code).toBe(0)
  await expectSamePixels('killed.png')
})

test('kill -9 of everything while the picture is saved', async () => {
  const name = 'half-saved.png'
  const command = new RunningCommand(studio.stylize(name, ...RECIPE), {
    environment: studio.environment,
    onEvent: (event, running) => {
      if (event.event !== 'phase' || event.phase !== 'save') return
      process.kill(running.engineId, 'SIGKILL')
      running.signal('SIGKILL')
    },
  })
  await command.result
  // Whenever it was killed, this is what a picture that has not yet got its name leaves (storage/sidecar.ts).
  rmSync(studio.at(name), { force: true })
  writeFileSync(studio.at(`${name}.json`), JSON.stringify({ program: 'Impasto', runId: runIdOf(name) }))
  const { code, errors } = await impasto(studio.stylize(name, ...RECIPE, '--resume'), studio)
  expect(code, errors).toBe(0)
  await expectSamePixels(name)
})

/** The run whose job says that its picture goes to `name`. */
function runIdOf(name: string): string | undefined {
  const runs = studio.at('library/runs')
  return readdirSync(runs).find((runId) =>
    readFileSync(join(runs, runId, 'job.json'), 'utf8').includes(JSON.stringify(studio.at(name))),
  )
}

test('two commands paint different pictures from one library at once', async () => {
  const names = ['one.png', 'other.png']
  const results = await Promise.all(names.map((name) => impasto(studio.stylize(name, ...RECIPE), studio)))
  for (const { code, errors } of results) expect(code, errors).toBe(0)
  for (const name of names) await expectSamePixels(name)
})

test('two commands do not paint the same run at once', async () => {
  let second: RunningCommand | undefined
  const first = interruptedAt(studio.stylize('busy.png', ...LONG), { scale: 1, count: 1 }, (running) => {
    second = new RunningCommand(studio.stylize('busy.png', ...LONG), studio)
    void second.result.finally(() => {
      running.signal('SIGTERM')
    })
  })
  expect((await first.command.result).code).toBe(143)
  expect(await second?.result).toMatchObject({ code: 7 })
})
