import { describe, expect, it } from 'vitest'
import { runStages, summaryLine } from './run-stages.mjs'
import type { Stage, StageResult } from './stage.mjs'

const stage = (name: string, result: StageResult): Stage => ({ name, run: () => Promise.resolve(result) })
const green = stage('lint', { passed: 1, failed: 0, output: 'nothing to say' })
const red = stage('unit tests', { passed: 40, failed: 2, output: 'expected 1 to be 2' })

async function run(stages: readonly Stage[], atOnce = 1) {
  let text = ''
  const write = (more: string) => (text += more)
  const signal = new AbortController().signal
  const total = await runStages(stages, { atOnce, signal, write, now: () => 0 })
  return { total, text }
}

describe('runStages', () => {
  it('adds the counts, goes on after a failure, and shows the output of what failed only', async () => {
    const { total, text } = await run([red, green])
    expect(total).toEqual({ passed: 41, failed: 2 })
    expect(text).toBe('✗ unit tests (40 passed, 2 failed, 0.0 s)\nexpected 1 to be 2\n\n✓ lint (0.0 s)\n')
  })

  it('counts a stage that checked nothing as failed', async () => {
    const { total, text } = await run([
      stage('unit tests', { passed: 0, failed: 0, output: 'no test files' }),
    ])
    expect(total).toEqual({ passed: 0, failed: 1 })
    expect(text).toContain('no test files\nNothing was checked.')
  })

  it('counts a stage that throws as failed', async () => {
    const broken: Stage = { name: 'e2e', run: () => Promise.reject(new Error('no display')) }
    const { total, text } = await run([broken, green])
    expect(total).toEqual({ passed: 1, failed: 1 })
    expect(text).toContain('no display')
  })

  it('runs no more stages at once than it may', async () => {
    let running = 0
    let most = 0
    const slow: Stage = {
      name: 'slow',
      run: async () => {
        most = Math.max(most, (running += 1))
        await new Promise((resolve) => setTimeout(resolve, 20))
        running -= 1
        return { passed: 1, failed: 0, output: '' }
      },
    }
    const { total } = await run([slow, slow, slow, slow, slow], 2)
    expect(most).toBe(2)
    expect(total.passed).toBe(5)
  })
})

describe('summaryLine', () => {
  it('is one plain line', () => {
    expect(summaryLine({ passed: 12, failed: 0 })).toBe('12 passed, 0 failed\n')
  })
})
