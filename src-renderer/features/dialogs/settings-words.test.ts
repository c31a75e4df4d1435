import { expect, it } from 'vitest'
import { problemNotice } from './settings-words'

it('settings that cannot be read are told with the reason, damaged ones with what became of them', () => {
  const error = { code: 'file-unreadable', data: { path: 'settings.json', reason: 'it broke' } } as const
  expect(problemNotice({ kind: 'unreadable', error }).text).toMatch(
    /^settings\.json cannot be read: it broke\. The file is left as it is; /,
  )
  expect(problemNotice({ kind: 'set-aside', name: 'settings-set-aside.json' }).text).toMatch(
    / kept in the library as settings-set-aside\.json\.$/,
  )
})
