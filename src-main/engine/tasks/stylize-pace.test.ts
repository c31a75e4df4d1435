import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Pace } from './stylize-pace'

const SECOND = 1000
const HOUR = 3600 * SECOND
const ITERATIONS = 10

/** One scale of a megapixel, and then the same again. */
const scale = { width: 1000, height: 1000, iterations: ITERATIONS }
const schedule = [scale, scale]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

function iterate(pace: Pace, done: number): number | null {
  pace.beginIteration()
  vi.advanceTimersByTime(SECOND)
  return pace.endIteration(0, done)
}

async function pause(pace: Pace, milliseconds: number): Promise<void> {
  const rest = pace.rest(new Promise((resolve) => setTimeout(resolve, milliseconds)))
  await vi.advanceTimersByTimeAsync(milliseconds)
  await rest
}

it('tells the time that is left from the second iteration on, the first of which also compiles', () => {
  const pace = new Pace(schedule, 0)
  expect(iterate(pace, 1)).toBeNull()
  expect(iterate(pace, 2)).toBeCloseTo(2 * ITERATIONS - 2)
})

it('counts the work of an earlier run, and no pause', async () => {
  const pace = new Pace(schedule, 100)
  iterate(pace, 1)
  await pause(pace, HOUR)
  expect(pace.seconds).toBeCloseTo(101)
  const left = iterate(pace, 2)
  expect(pace.seconds).toBeCloseTo(102)
  expect(left).toBeCloseTo(2 * ITERATIONS - 2)
})

it('does not let a pause that begins within an iteration count', async () => {
  const pace = new Pace(schedule, 0)
  iterate(pace, 1)
  pace.beginIteration()
  await pause(pace, HOUR)
  vi.advanceTimersByTime(SECOND)
  expect(pace.endIteration(0, 2)).toBeCloseTo(2 * ITERATIONS - 2)
})

it('asks for a checkpoint after ten seconds of work', async () => {
  const pace = new Pace(schedule, 0)
  vi.advanceTimersByTime(9 * SECOND)
  await pause(pace, HOUR)
  expect(pace.checkpointDue()).toBe(false)
  vi.advanceTimersByTime(SECOND)
  expect(pace.checkpointDue()).toBe(true)
  await pace.checkpoint(Promise.resolve())
  expect(pace.checkpointDue()).toBe(false)
})

it('paints four times as long as a large checkpoint takes to write, failed or not', async () => {
  const pace = new Pace(schedule, 0)
  const writing = pace.checkpoint(
    new Promise((_, reject) =>
      setTimeout(() => {
        reject(new Error('full'))
      }, 25 * SECOND),
    ),
  )
  const written = expect(writing).rejects.toThrow('full')
  await vi.advanceTimersByTimeAsync(25 * SECOND)
  await written
  vi.advanceTimersByTime(99 * SECOND)
  expect(pace.checkpointDue()).toBe(false)
  vi.advanceTimersByTime(SECOND)
  expect(pace.checkpointDue()).toBe(true)
})

it('asks for a preview at once, and then five times a second', () => {
  const pace = new Pace(schedule, 0)
  expect(pace.previewDue()).toBe(true)
  vi.advanceTimersByTime(199)
  expect(pace.previewDue()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(pace.previewDue()).toBe(true)
})
