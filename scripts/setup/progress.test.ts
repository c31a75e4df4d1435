import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProgress, liveLine } from './progress.mjs'

const steps = [
  { title: 'one', weight: 1 },
  { title: 'two', weight: 3 },
]

function recorded() {
  const states: { title: string; step: number; fraction: number }[] = []
  const progress = createProgress(steps, (state) => {
    states.push(state)
  })
  return { states, progress }
}

describe('progress', () => {
  it('weighs the steps', () => {
    const { states, progress } = recorded()
    progress.start(0)
    progress.report(1)
    progress.start(1)
    progress.report(0.5, 'half of two')
    progress.report(1)
    expect(states.map(({ fraction }) => fraction)).toEqual([0, 0.25, 0.25, 0.625, 1])
    expect(states[3]).toMatchObject({ title: 'half of two', step: 2, steps: 2 })
  })

  it('never goes backwards and never leaves 0 to 1, whatever the steps report', () => {
    const reports = fc.array(fc.tuple(fc.nat(1), fc.double({ noNaN: true, min: -1, max: 2 })))
    fc.assert(
      fc.property(reports, (calls) => {
        const { states, progress } = recorded()
        for (const [step, done] of calls) {
          progress.start(step)
          progress.report(done)
        }
        const fractions = states.map(({ fraction }) => fraction)
        expect(fractions).toEqual(fractions.toSorted((left, right) => left - right))
        expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
      }),
    )
  })
})

describe('the live line', () => {
  const state = { title: 'Unpacking', step: 2, steps: 5, fraction: 0.5 }

  it('says what is done and how much is left', () => {
    expect(liveLine(state, 30_000)).toBe(
      `${'█'.repeat(12)}${'░'.repeat(12)} 50 %  Unpacking (step 2 of 5, about 30 s left)`,
    )
    expect(liveLine(state, 300_000)).toContain('about 5 min left')
  })

  it('does not guess the time left from the first moments', () => {
    expect(liveLine({ ...state, fraction: 0.05 }, 30_000)).not.toContain('left')
    expect(liveLine(state, 500)).not.toContain('left')
  })
})
