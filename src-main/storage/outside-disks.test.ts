import fileSystem from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askDisk, isDiskSilent } from './outside-disks'

const { stat } = fileSystem.promises

let asked: string[]
let answerNow: () => void
beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  const answer = new Promise<never>((_, reject) => {
    answerNow = () => {
      reject(new Error('stale'))
    }
  })
  fileSystem.promises.stat = ((path: string) => {
    asked.push(path)
    return answer
  }) as typeof stat
  syncBuiltinESMExports()
})
afterEach(() => {
  vi.useRealTimers()
  fileSystem.promises.stat = stat
  syncBuiltinESMExports()
})

it('a disk that does not answer is asked once, waited for once, and asked again once it has answered', async () => {
  const ask = vi.fn(() => Promise.resolve('there'))
  const first = Promise.all([1, 2, 3, 4, 5].map(() => askDisk('/away', ask, 'unknown')))
  await vi.advanceTimersByTimeAsync(5000)
  expect(await first).toEqual(Array(5).fill('unknown'))
  expect(await askDisk('/away', ask, 'unknown')).toBe('unknown')
  expect(asked).toEqual(['/away'])
  expect(ask).not.toHaveBeenCalled()
  expect(isDiskSilent()).toBe(true)
  answerNow()
  await vi.advanceTimersByTimeAsync(0)
  expect(isDiskSilent()).toBe(false)
  expect(await askDisk('/away', ask, 'unknown')).toBe('there')
})

it('a file whose disk stops answering in between is not waited for either', async () => {
  answerNow()
  const asking = askDisk('/leaving', () => new Promise<string>(() => undefined), 'unknown')
  await vi.advanceTimersByTimeAsync(5000)
  expect(await asking).toBe('unknown')
})
