import { describe, expect, it } from 'vitest'
import type { QueuedPainting } from '../../../src-shared/model/queue'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { problemWords, queueNews, queueSummary, stateWords } from './queue-words'

function entry(runId: string, state: QueuedPainting['state'] = 'waiting'): QueuedPainting {
  return {
    runId,
    state,
    error: state === 'failed' ? { code: 'optimisation-diverged', data: { iteration: 2 } } : null,
    photograph: { name: `${runId}.png`, shown: null },
    painting: { name: 'The Harvest', shown: null },
    recipe: defaultStyleRecipe,
    additionalIterations: 0,
    savedIteration: 0,
  }
}

describe('the words of a queued painting', () => {
  it.each([
    ['running', 40, 'Painting, about 40 s left'],
    ['running', null, 'Painting'],
    ['paused', 40, 'Paused'],
    ['waiting', 120, 'Waits, about 2 min'],
    ['waiting', null, 'Waits'],
  ] as const)('%s with %s seconds: %s', (state, seconds, words) => {
    expect(stateWords(entry('a', state), seconds)).toBe(words)
  })

  it('say why it was set aside', () => {
    expect(stateWords(entry('a', 'failed'), null)).toMatch(/^Set aside: The painting /)
  })
})

describe('the summary of the queue', () => {
  const entries = [entry('a', 'running'), entry('b'), entry('c'), entry('d', 'failed')]
  it.each([
    [entries, 600, false, '2 waiting, 1 set aside, about 10 min left'],
    [entries, null, true, 'paused, 2 waiting, 1 set aside'],
    [[entry('d', 'failed')], 0, false, '1 set aside'],
    [[], 0, true, 'paused'],
  ] as const)('%#: counts, and tells the time where it is known', (listed, seconds, isPaused, words) => {
    expect(queueSummary(listed, seconds, isPaused)).toBe(words)
  })
})

describe('the news of the queue', () => {
  const three = [entry('a'), entry('b'), entry('c')]
  const byIds = (ids: string) => Array.from(ids, (id) => entry(id))

  it.each([
    ['abc', 'bca', 'a.png after The Harvest is now 3 of 3'],
    ['abc', 'cab', 'c.png after The Harvest is now 1 of 3'],
    ['abc', 'bac', 'a.png after The Harvest is now 2 of 3'],
    ['ab', 'abc', '3 paintings wait'],
    ['abc', 'c', '1 painting waits'],
    ['a', '', 'No painting waits'],
    ['abc', 'abc', null],
  ])('from %s to %s: %s', (before, after, said) => {
    expect(queueNews(byIds(before), byIds(after))).toEqual({ said, alarm: null })
  })

  it('are an alarm where one was set aside, once', () => {
    const after = [entry('b', 'running'), entry('c'), entry('a', 'failed')]
    const before = [entry('a', 'running'), entry('b'), entry('c')]
    expect(queueNews(before, after).alarm).toMatch(/^a.png after The Harvest. Set aside: /)
    expect(queueNews(after, after).alarm).toBeNull()
    // Put back by an undo.
    expect(queueNews(three, [...three, entry('x', 'failed')]).alarm).toBeNull()
  })
})

it('what is wrong with the queue on the disk is told for each kind', () => {
  const error = { code: 'disk-full', data: { path: 'queue.json' } } as const
  expect(problemWords({ kind: 'held' })).toContain('Another Impasto')
  expect(problemWords({ kind: 'newer' })).toContain('newer Impasto')
  expect(problemWords({ kind: 'not-kept', error })).toMatch(/ends with its window.+no room left/)
  expect(problemWords({ kind: 'set-aside', name: 'queue-set-aside-1.json' })).toContain(
    'queue-set-aside-1.json',
  )
})
