import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { identityOf, isProcessAlive, isSameProcessAlive } from './process-identity'
import { lockRun, runHolder } from './run-lock'
import { bundle, nextMessage, start } from './testing/other-process'
import { temporaryFolder } from './testing/temporary-folder'

const holderProgram = join(import.meta.dirname, 'testing', 'lock-holder.ts')

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

  it('is never held by two of several processes that ask at once', async () => {
    const program = await bundle(holderProgram, await temporaryFolder())
    const processes = await Promise.all(Array.from({ length: 4 }, () => startHolder(program)))
    const answers = await Promise.all(processes.map(askToLock))
    expect(answers.filter((answer) => answer === 'locked').length).toBeLessThanOrEqual(1)
    for (const answer of answers) {
      if (answer !== 'locked') expect(answer).toMatchObject({ code: 'run-busy' })
    }
  })

  it('does not count for a later process under the same id', async () => {
    const { processId, started } = identityOf(process.pid)
    const earlier = `process-${String(processId)}-${String(Number(started) - 1)}.lock`
    await writeFile(join(folder, earlier), '')
    const lock = await lockRun(folder)
    expect(await readdir(folder)).not.toContain(earlier)
    await lock.release()
  })
})

describe('the identity of a process', () => {
  it('tells the living from the dead', async () => {
    const child = spawn('sleep', ['60'])
    const identity = identityOf(child.pid ?? 0)
    expect(isSameProcessAlive(identity)).toBe(true)
    expect(isSameProcessAlive({ ...identity, started: '1' })).toBe(false)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isSameProcessAlive(identity)).toBe(false)
  })

  it('takes a process that ended, but was not waited for, as gone', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'])
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [output] = (await once(parent.stdout, 'data')) as [Buffer]
    const processId = Number(output.toString())
    await expect.poll(() => isProcessAlive(processId)).toBe(false)
    expect(() => process.kill(processId, 0)).not.toThrow()
  })
})
