import { expect, it } from 'vitest'
import { problemNotice } from './kept-file-words'

it('what cannot be read is told with the reason, what was damaged with what became of it', () => {
  const error = { code: 'file-unreadable', data: { path: 'settings.json', reason: 'it broke' } } as const
  expect(problemNotice({ file: 'settings', kind: 'unreadable', error }).text).toMatch(
    /^settings\.json cannot be read: it broke\. The file is left as it is; /,
  )
  expect(
    problemNotice({ file: 'settings', kind: 'set-aside', name: 'settings-set-aside.json' }).text,
  ).toMatch(/ kept in the library as settings-set-aside\.json\.$/)
})

it('a desk is told apart from the settings, and a newer one waits for its program', () => {
  expect(problemNotice({ file: 'desk', kind: 'set-aside', name: 'aside' }).title).toBe(
    'Your desk was damaged',
  )
  expect(problemNotice({ file: 'desk', kind: 'newer' })).toEqual({
    title: 'Your desk was left by a newer Impasto',
    text: 'The file is left for that program; meanwhile this one stands in for it, and lasts only until the window closes.',
  })
})
