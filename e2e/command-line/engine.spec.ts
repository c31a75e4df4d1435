/** @file The built engine where it is given what it cannot use: numbers of threads, foreign files, half an installation. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openFiles } from '../window/processes'
import { impasto } from './impasto-command'
import { openStudio, type Studio } from './studio'

const ROOT = join(import.meta.dirname, '../..')
const cores = availableParallelism()

let studio: Studio

test.beforeEach(async () => {
  studio = await openStudio({ width: 96, height: 64 })
})

test.afterEach(() => {
  studio.remove()
})

for (const [name, environment, threads] of [
  ['what is no number of threads', { OMP_NUM_THREADS: '4,2', TF_NUM_INTRAOP_THREADS: '-1' }, cores],
  ['the number that was asked for', { OMP_NUM_THREADS: '7', TF_NUM_INTRAOP_THREADS: '1' }, 1],
] as const) {
  test(`paints and records the threads that it had: ${name}`, async () => {
    const flags = studio.stylize('painted.png', '--size', '96', '--iterations', '2', '--json')
    const { code, errors } = await impasto(flags, { environment: { ...studio.environment, ...environment } })
    expect(errors).toBe('')
    expect(code).toBe(0)
    const sidecar = JSON.parse(readFileSync(studio.at('painted.png.json'), 'utf8')) as unknown
    expect(sidecar).toMatchObject({ machine: { threads } })
  })
}

test('closes the files that it was started with, and works', async () => {
  const foreign = studio.at('foreign.txt')
  writeFileSync(foreign, 'of somebody else')
  const engine = fork(join(ROOT, 'out/main/engine.js'), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', openSync(foreign, 'r'), openSync(foreign, 'r')],
  })
  try {
    await once(engine, 'message')
    expect(openFiles(engine.pid ?? 0)).not.toContain(foreign)
    const answer = once(engine, 'message')
    const request = { task: 'inspect-picture', arguments: { path: studio.photograph } }
    engine.send({ kind: 'start', taskId: 'one', ...request })
    expect(await answer).toMatchObject([{ kind: 'finished', result: { width: 96, height: 64 } }])
  } finally {
    engine.kill('SIGKILL')
  }
})

test('says that the engine is unavailable where a package of it is missing', async () => {
  const broken = studio.at('broken')
  mkdirSync(join(broken, 'node_modules'), { recursive: true })
  cpSync(join(ROOT, 'out'), join(broken, 'out'), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(broken, 'package.json'))
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    const linked = join(broken, 'node_modules', name)
    if (name !== '@tensorflow') symlinkSync(join(ROOT, 'node_modules', name), linked)
  }
  const { code, errors } = await impasto(['doctor'], {
    environment: studio.environment,
    command: join(broken, 'out/main/cli.js'),
  })
  expect(errors).toMatch(/^impasto: The painting engine could not start: .*@tensorflow/)
  expect(code).toBe(6)
})
