import { PassThrough } from 'node:stream'
import { afterEach, expect, it } from 'vitest'
import { Interruption } from './interruption'
import { Terminal } from './terminal'

let output: PassThrough
let calls: string[]
let interruption: Interruption

function listen(): void {
  output = new PassThrough()
  calls = []
  const terminal = new Terminal(
    output as unknown as NodeJS.WriteStream,
    output as unknown as NodeJS.WriteStream,
  )
  interruption = new Interruption(terminal, {
    stop: () => calls.push('stop'),
    cancel: () => calls.push('cancel'),
    kill: () => Promise.resolve(),
  })
}

afterEach(() => {
  interruption.release()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    expect(process.listenerCount(signal)).toBe(before[signal])
})

const before = {
  SIGINT: process.listenerCount('SIGINT'),
  SIGTERM: process.listenerCount('SIGTERM'),
  SIGHUP: process.listenerCount('SIGHUP'),
}

it.each([
  ['SIGINT', 'stop', 130],
  ['SIGTERM', 'cancel', 143],
  ['SIGHUP', 'cancel', 129],
] as const)('%s asks for a %s', (signal, call, exitCode) => {
  listen()
  expect(interruption.exitCode).toBeNull()
  process.emit(signal, signal)
  expect(calls).toEqual([call])
  expect(interruption.exitCode).toBe(exitCode)
})

it('a reader that goes away asks for a cancel', async () => {
  listen()
  output.emit('error', new Error('EPIPE'))
  await expect.poll(() => calls).toEqual(['cancel'])
  expect(interruption.exitCode).toBe(141)
})
