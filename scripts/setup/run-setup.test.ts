import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRecord, recordPath, writeRecord } from './record.mjs'
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
      cache,
      node: { path: process.execPath, version: process.versions.node },
    })
    expect(readRecord(root)).toEqual(record)
    await runSetup(options(list))
    expect(ran).toEqual(['packages', 'build'])
  })

  it('keeps what was done before a failure, frees the lock, and goes on there', async () => {
    const failing = steps(() => Promise.reject(new SetupError('g++ was not found.')))
    await expect(runSetup(options(failing.list))).rejects.toThrow('g++ was not found.')
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

  it('has its own lock and no other', async () => {
    const { list } = steps(async ({ run }) => {
      await run('true', [])
      return { buildHash: 'built' }
    })
    await runSetup(options(list))
    expect(readdirSync(join(root, '.cache')).sort()).toEqual(['setup.json', 'setup.lock', 'setup.log'])
  })

  it('keeps the cache that the checkout was set up with, whoever starts it', async () => {
    mkdirSync(cache)
    await runSetup(options(steps(builds).list))
    const caches: string[] = []
    const again = steps((context) => {
      caches.push(context.cache)
      return builds(context)
    })
    writeRecord(root, { cache })
    await runSetup({ ...options(again.list), cache: join(root, 'other-home') })
    rmSync(cache, { recursive: true })
    writeRecord(root, { cache })
    await runSetup({ ...options(again.list), cache: join(root, 'other-home') })
    expect(caches).toEqual([cache, join(root, 'other-home')])
  })

  it.each(['null', 'not JSON', '{"lockHash":{},"buildHash":null,"node":7}'])(
    'starts anew where its record was damaged into %s',
    async (text) => {
      await runSetup(options(steps(builds).list))
      writeFileSync(recordPath(root), text)
      const again = steps(builds)
      await runSetup(options(again.list))
      expect(again.ran).toEqual(['packages', 'build'])
    },
  )

  it('says in a sentence what cannot be written', async () => {
    const { list } = steps(() => {
      writeFileSync('/dev/full', 'x')
      return Promise.resolve({})
    })
    await expect(runSetup(options(list))).rejects.toThrow('Set-up could not write its files: see that')
  })
})
