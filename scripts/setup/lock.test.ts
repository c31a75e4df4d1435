import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
  const waits: number[] = []
  return { waits, options: { signal, onWait: (owner: number) => void waits.push(owner) } }
}

describe('the set-up lock', () => {
  it('is taken at once where nobody holds it, and is gone after its release', async () => {
    const { waits, options } = recorded()
    const release = await acquireLock(path, options)
    expect(readFileSync(path, 'utf8')).toBe(String(process.pid))
    release()
    expect(existsSync(path)).toBe(false)
    expect(waits).toEqual([])
  })

  it('makes the second one wait for the first, saying so once', async () => {
    const { waits, options } = recorded()
    const release = await acquireLock(path, options)
    let second = false
    const waiting = acquireLock(path, options).then((releaseSecond) => {
      second = true
      releaseSecond()
    })
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(second).toBe(false)
    release()
    await waiting
    expect(waits).toEqual([process.pid])
  })

  it('is taken over from a process that has died', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    await acquireLock(path, recorded().options).then((release) => {
      release()
    })
    writeFileSync(path, String(dead))
    const { waits, options } = recorded()
    const release = await acquireLock(path, options)
    expect(readFileSync(path, 'utf8')).toBe(String(process.pid))
    expect(waits).toEqual([])
    release()
  })

  it('stops waiting when the user interrupts', async () => {
    const interruption = new AbortController()
    const { options } = recorded(interruption.signal)
    const release = await acquireLock(path, options)
    const waiting = acquireLock(path, options)
    interruption.abort()
    await expect(waiting).rejects.toThrow(SetupInterrupted)
    release()
  })
})
