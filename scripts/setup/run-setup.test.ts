import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toolMark } from './orphans.mjs'
import { readRecord, recordPath } from './record.mjs'
import { runSetup } from './run-setup.mjs'
import { SetupError, SetupInterrupted } from './setup-error.mjs'
import type { Step } from './steps.mjs'

let root: string
let cache: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'impasto-setup-'))
  cache = join(root, 'shared-cache')
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

/** Two steps that note when they run; the second one behaves as told. */
function steps(second: Step['run']) {
  const ran: string[] = []
  const list: Step[] = [
    {
      name: 'packages',
      title: 'first',
      weight: 1,
      isDone: ({ record }) => record.lockHash !== undefined,
      run: () => {
        ran.push('packages')
        return Promise.resolve({ lockHash: 'installed' })
      },
    },
    {
      name: 'build',
      title: 'second',
      weight: 1,
      isDone: ({ record }) => record.buildHash !== undefined,
      run: (context) => {
        ran.push('build')
        return second(context)
      },
    },
  ]
  return { ran, list }
}

const lines: string[] = []
const options = (list: readonly Step[]) => ({
  stream: { write: (text: string) => lines.push(text) },
  root,
  cache,
  steps: list,
})
const builds: Step['run'] = () => Promise.resolve({ buildHash: 'built' })

describe('set-up', () => {
  it('does what is not done, records it, and does nothing the next time', async () => {
    const { ran, list } = steps(builds)
    const record = await runSetup(options(list))
    expect(record).toEqual({
      lockHash: 'installed',
      buildHash: 'built',
      node: { path: process.execPath, version: process.versions.node },
    })
    expect(readRecord(root)).toEqual(record)
    await runSetup(options(list))
    expect(ran).toEqual(['packages', 'build'])
  })

  it('keeps what was done before a failure, frees the lock, and goes on there', async () => {
    const failing = steps(() => Promise.reject(new SetupError('g++ was not found.')))
    await expect(runSetup(options(failing.list))).rejects.toThrow('g++ was not found.')
    expect(readdirSync(join(root, '.cache'))).not.toContain('setup.lock')
    const mended = steps(builds)
    await runSetup(options(mended.list))
    expect(mended.ran).toEqual(['build'])
  })

  it('repeats every step after the first that is not done', async () => {
    await runSetup(options(steps(builds).list))
    rmSync(recordPath(root))
    const again = steps(builds)
    await runSetup(options(again.list))
    expect(again.ran).toEqual(['packages', 'build'])
  })

  it('stops the tool that runs when the user interrupts, and records nothing of that step', async () => {
    const { list } = steps(async ({ run }) => {
      setTimeout(() => process.emit('SIGINT'), 200)
      const { code } = await run('sleep', ['30'])
      if (code !== 0) throw new SetupError('sleep could not sleep.')
      return { buildHash: 'built' }
    })
    const startedAt = Date.now()
    await expect(runSetup(options(list))).rejects.toThrow(SetupInterrupted)
    expect(Date.now() - startedAt).toBeLessThan(10_000)
    expect(readRecord(root).buildHash).toBeUndefined()
  })

  it('ends the tools that a killed set-up has left running', async () => {
    const orphan = spawn('sleep', ['60'], { env: { ...process.env, ...toolMark(root) } })
    const ended = once(orphan, 'exit')
    const other = spawn('sleep', ['60'], { env: { ...process.env, ...toolMark(`${root}-other`) } })
    await runSetup(options(steps(builds).list))
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(other.exitCode).toBeNull()
    other.kill()
  })

  it('sweeps what an interrupted set-up left in the cache', async () => {
    // Process ids end at 4194304, so nobody has this one.
    const stale = join(cache, 'stage-4194305-0123456789ab')
    mkdirSync(stale, { recursive: true })
    const { list } = steps(builds)
    await runSetup(options(list))
    expect(existsSync(stale)).toBe(false)
  })
})
