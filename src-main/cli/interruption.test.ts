import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Interruption } from './interruption'
import { recordedTerminal, type RecordedStream } from './testing/recorded-terminal'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const listeners = (): readonly number[] => SIGNALS.map((signal) => process.listenerCount(signal))
const listenersBefore = listeners()

let output: RecordedStream
let calls: string[]
let interruption: Interruption

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const recorded = recordedTerminal()
  output = recorded.output
  calls = []
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    calls.push(`exit ${String(code)}`)
    return undefined as never
  })
  interruption = new Interruption(recorded.terminal, {
    stop: () => calls.push('stop'),
    cancel: () => calls.push('cancel'),
    kill: () => {
      calls.push('kill')
      return Promise.resolve()
    },
  })
})

afterEach(() => {
  interruption.release()
  vi.restoreAllMocks()
  vi.useRealTimers()
  expect(listeners()).toEqual(listenersBefore)
})

describe('the first signal', () => {
  it.each([
    ['SIGINT', 'stop', 130],
    ['SIGTERM', 'cancel', 143],
    ['SIGHUP', 'cancel', 129],
  ] as const)('%s asks for a %s', (signal, call, exitCode) => {
    expect(interruption.exitCode).toBeNull()
    process.emit(signal, signal)
    expect(calls).toEqual([call])
    expect(interruption.exitCode).toBe(exitCode)
  })

  it('may be a reader that goes away: that asks for a cancel', async () => {
    output.emit('error', new Error('EPIPE'))
    await expect.poll(() => calls).toEqual(['cancel'])
    expect(interruption.exitCode).toBe(141)
  })
})

it('a second signal leaves at once', async () => {
  process.emit('SIGINT', 'SIGINT')
  process.emit('SIGINT', 'SIGINT')
  await expect.poll(() => calls).toEqual(['stop', 'kill', 'exit 130'])
})

describe('an engine that does not answer', () => {
  it('is killed ten seconds after it was last heard of', async () => {
    process.emit('SIGTERM', 'SIGTERM')
    vi.advanceTimersByTime(9_999)
    interruption.heard()
    vi.advanceTimersByTime(9_999)
    expect(calls).toEqual(['cancel'])
    vi.advanceTimersByTime(1)
    await expect.poll(() => calls).toEqual(['cancel', 'kill', 'exit 143'])
  })

  it('is waited for after Ctrl-C, for a picture is to be saved and a second one can follow', () => {
    process.emit('SIGINT', 'SIGINT')
    vi.advanceTimersByTime(3_600_000)
    expect(calls).toEqual(['stop'])
  })

  it('is no matter any more once the painting has ended', () => {
    process.emit('SIGTERM', 'SIGTERM')
    interruption.release()
    vi.advanceTimersByTime(60_000)
    expect(calls).toEqual(['cancel'])
  })
})
