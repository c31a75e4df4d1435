import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { libraryOf } from './library'

describe('libraryOf', () => {
  it('is where $IMPASTO_LIBRARY says, as an absolute path', () => {
    expect(libraryOf({ IMPASTO_LIBRARY: 'shelf' })).toEqual({
      folder: resolve('shelf'),
      runs: resolve('shelf/runs'),
      runIndex: resolve('shelf/runs.json'),
      pictures: resolve('shelf/pictures'),
      screen: resolve('shelf/screen'),
      settings: resolve('shelf/settings.json'),
      desk: resolve('shelf/desk.json'),
      queue: resolve('shelf/queue'),
    })
  })

  it.each([{}, { IMPASTO_LIBRARY: '' }])('is else in the user’s data folder', (environment) => {
    const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share')
    expect(libraryOf(environment).folder).toBe(join(data, 'impasto'))
  })
})
