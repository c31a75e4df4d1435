import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { identityOf, tagOf } from './process-identity'
import { lockRun, runHolder } from './run-lock'
import { bundle, nextMessage, start } from './testing/other-process'
import { temporaryFolder } from './testing/temporary-folder'

const holderProgram = join(import.meta.dirname, 'testing', 'lock-holder.ts')

const ROUNDS = 25

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

async function startHolder(program: string): Promise<ChildProcess> {
  const child = start(program, folder)
  expect(await nextMessage(child)).toBe('ready')
  return child
}

async function askToLock(child: ChildProcess): Promise<unknown> {
  child.send('lock')
  return nextMessage(child)
}

async function askToRelease(child: ChildProcess): Promise<void> {
  child.send('release')
  expect(await nextMessage(child)).toBe('released')
}

describe('the lock of a run', () => {
  it('is held once, and free again after its release', async () => {
    const lock = await lockRun(folder)
    expect(await runHolder(folder)).toBe(process.pid)
    await expect(lockRun(folder)).rejects.toThrow(new ImpastoError('run-busy', { processId: process.pid }))
    await lock.release()
    expect(await runHolder(folder)).toBeNull()
    await (await lockRun(folder)).release()
    expect(await readdir(folder)).toEqual([])
  })

  it('keeps a second process out, until the first is killed', async () => {
    const program = await bundle(holderProgram, await temporaryFolder())
    const holder = await startHolder(program)
    expect(await askToLock(holder)).toBe('locked')
    expect(await runHolder(folder)).toBe(holder.pid)
    await expect(lockRun(folder)).rejects.toMatchObject({ code: 'run-busy', data: { processId: holder.pid } })
    expect(await runHolder(folder)).toBe(holder.pid)

    holder.kill('SIGKILL')
    await once(holder, 'exit')
    expect(await runHolder(folder)).toBeNull()
    const lock = await lockRun(folder)
    expect(await runHolder(folder)).toBe(process.pid)
    await lock.release()
  })

  it('is never held by two of several processes that ask at once, and mostly by one', async () => {
    const program = await bundle(holderProgram, await temporaryFolder())
    const processes = await Promise.all(Array.from({ length: 4 }, () => startHolder(program)))
    let held = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(processes.map(askToLock))
      const refusals = answers.filter((answer) => answer !== 'locked')
      expect(refusals.length).toBeGreaterThanOrEqual(processes.length - 1)
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'run-busy' })
      held += answers.length - refusals.length
      await Promise.all(processes.map(askToRelease))
      expect(await readdir(folder)).toEqual([])
    }
    // All step back from one another five times in a row only where their random waits keep falling together.
    expect(held).toBeGreaterThan(ROUNDS / 2)
  })

  it('does not count for a later process under the same id', async () => {
    const earlier = `process-${tagOf({ ...identityOf(process.pid), started: '1' })}.lock`
    await writeFile(join(folder, earlier), '')
    const lock = await lockRun(folder)
    expect(await readdir(folder)).not.toContain(earlier)
    await lock.release()
  })

  it('of another machine holds, and whoever is refused is told where it lies', async () => {
    const path = await lockFrom('studio-2')
    await expect(lockRun(folder)).rejects.toThrow(
      new ImpastoError('run-busy-elsewhere', { host: 'studio-2', path }),
    )
    expect(await runHolder(folder)).not.toBeNull()
    expect(await readdir(folder)).toEqual([basename(path)])
  })

  it('of another machine ends when nothing in the folder has changed for a day', async () => {
    const checkpoint = join(folder, 'checkpoint.safetensors')
    await writeFile(checkpoint, '')
    const path = await lockFrom('studio-2')
    const longAgo = new Date(Date.now() - 25 * 3600 * 1000)
    await utimes(path, longAgo, longAgo)
    expect(await runHolder(folder)).not.toBeNull()
    await utimes(checkpoint, longAgo, longAgo)
    const lock = await lockRun(folder)
    expect(await readdir(folder)).not.toContain(basename(path))
    await lock.release()
  })

  it('cannot be taken where the disk takes no files, and says so', async () => {
    await expect(lockRun('/sys/run')).rejects.toMatchObject({ code: 'output-unwritable' })
  })
})

/** The lock of a process with the id of this one, on another machine. */
async function lockFrom(host: string): Promise<string> {
  const own = identityOf(process.pid)
  const path = join(
    folder,
    `process-${tagOf({ ...own, place: { ...own.place, boot: 'abcdef', host } })}.lock`,
  )
  await writeFile(path, '')
  return path
}
