import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { acquireLock } from './lock.mjs'
import { SetupInterrupted } from './setup-error.mjs'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'impasto-lock-'))
  path = join(folder, 'state/setup.lock')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function recorded(signal = new AbortController().signal) {
  const waits: string[] = []
  return { waits, options: { signal, onWait: (owner: string) => void waits.push(owner) } }
}

const ownName = `process ${String(process.pid)} on ${hostname()}`

/**
 * A process that takes the lock, guards a tool of its own (`sleep`), says the tool's id, and holds on until it is
 * killed.
 */
const holderProgram = `
  import { spawn } from 'node:child_process'
  import { acquireLock } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'lock.mjs')).href)}
  const lock = await acquireLock(process.argv[1], { signal: new AbortController().signal, onWait() {} })
  const tool = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  lock.guard(tool.pid)
  console.log(tool.pid)
`

async function startHolder() {
  const holder = spawn(process.execPath, ['--input-type=module', '-e', holderProgram, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [toolId] = (await once(holder.stdout, 'data')) as [Buffer]
  const kill = async () => {
    const ended = once(holder, 'exit')
    holder.kill('SIGKILL')
    await ended
  }
  return { tool: Number(String(toolId)), kill }
}

describe('the set-up lock', () => {
  it('is taken at once where nobody holds it, and can be taken again after its release', async () => {
    const { waits, options } = recorded()
    const lock = await acquireLock(path, options)
    expect(readFileSync(path, 'utf8')).toBe(`${ownName}\n`)
    await lock.release()
    await (await acquireLock(path, options)).release()
    expect(waits).toEqual([])
  })

  it('makes the second one wait for the first, saying so once', async () => {
    const { waits, options } = recorded()
    const first = await acquireLock(path, options)
    let second = false
    const waiting = acquireLock(path, options).then(async (lock) => {
      second = true
      await lock.release()
    })
    await sleep(400)
    expect(second).toBe(false)
    await first.release()
    await waiting
    expect(waits).toEqual([ownName])
  })

  it.each([
    ['this very process id, of a former start', `process ${String(process.pid)} on ${hostname()}\n`],
    ['another machine', 'process 1 on another-host\n'],
    ['an older Impasto', String(process.pid)],
    ['nobody', 'no owner at all'],
  ])('asks nobody where the file names %s and no such process holds it', async (_, text) => {
    mkdirSync(dirname(path))
    writeFileSync(path, text)
    const { waits, options } = recorded()
    await (await acquireLock(path, options)).release()
    expect(waits).toEqual([])
  })

  it('goes to exactly one at a time, and to everyone in the end, when many race for that of a killed process', async () => {
    const contenders = 6
    for (let round = 0; round < 5; round += 1) {
      const holder = await startHolder()
      let served = 0
      const contend = async () => {
        const lock = await acquireLock(path, recorded().options)
        // It throws where another one is inside.
        mkdirSync(join(folder, 'inside'))
        await sleep(5)
        rmdirSync(join(folder, 'inside'))
        served += 1
        await lock.release()
      }
      const race = Promise.all(Array.from({ length: contenders }, contend))
      await sleep(50)
      expect(served).toBe(0)
      await holder.kill()
      await race
      expect(served).toBe(contenders)
    }
  })

  it('is free only after the tools of a killed process were ended, and no other process was', async () => {
    const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    const holder = await startHolder()
    expect(runs(holder.tool)).toBe(true)
    await holder.kill()
    await (await acquireLock(path, recorded().options)).release()
    // The signal was sent; the system may take a moment to act on it.
    await expect.poll(() => runs(holder.tool)).toBe(false)
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
    bystander.kill()
  })

  it('leaves alone what has ended by itself', async () => {
    const { options } = recorded()
    const tool = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    const lock = await acquireLock(path, options)
    lock.guard(tool.pid ?? 0)
    lock.unguard(tool.pid ?? 0)
    await lock.release()
    expect(runs(tool.pid ?? 0)).toBe(true)
    tool.kill()
  })

  it('stops waiting when the user interrupts', async () => {
    const interruption = new AbortController()
    const { options } = recorded(interruption.signal)
    const lock = await acquireLock(path, recorded().options)
    const waiting = acquireLock(path, options)
    interruption.abort()
    await expect(waiting).rejects.toThrow(SetupInterrupted)
    await lock.release()
  })

  it('says what to install where there is no flock', async () => {
    vi.stubEnv('PATH', folder)
    await expect(acquireLock(path, recorded().options)).rejects.toThrow('flock was not found')
    vi.unstubAllEnvs()
  })
})

/** Whether the process runs; one that has ended and that nobody waited for does not. */
function runs(processId: number): boolean {
  try {
    const text = readFileSync(`/proc/${String(processId)}/stat`, 'utf8')
    return !text.slice(text.lastIndexOf(')')).startsWith(') Z')
  } catch {
    return false
  }
}
