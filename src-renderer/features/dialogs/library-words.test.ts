import { describe, expect, it } from 'vitest'
import { countOf, elsewhereNotice } from './library-words'

describe('the paintings of the library', () => {
  it('are counted', () => {
    expect(countOf({ count: 1, bytes: 2e6 })).toBe('1 painting, 2.0 MB')
    expect(countOf({ count: 3, bytes: 0 })).toBe('3 paintings, 0 B')
  })

  it('need no word where all lie where they should', () => {
    expect(elsewhereNotice([])).toBeNull()
  })

  it('that could not be moved are told with their place and the reason', () => {
    const old = '~/Pictures/Old'
    const notice = elsewhereNotice([
      { folder: old, count: 2, bytes: 4e6, error: { code: 'disk-full', data: { path: 'a.png' } } },
      { folder: old, count: 1, bytes: 1e6, error: { code: 'output-exists', data: { path: 'b.png' } } },
    ])
    expect(notice?.kind).toBe('bad')
    expect(notice?.title).toBe('3 paintings could not be moved')
    expect(notice?.text.split('\n')).toEqual([
      '2 paintings, 4.0 MB, in ~/Pictures/Old. There is no room left on the disk for a.png.',
      '1 painting, 1.0 MB, in ~/Pictures/Old. b.png exists already.',
      'Impasto finds them there; choose the folder again to move them.',
    ])
  })

  it('that merely lie elsewhere are no failure', () => {
    expect(elsewhereNotice([{ folder: '/media/disk', count: 1, bytes: 1e6, error: null }])).toEqual({
      kind: 'quiet',
      title: '1 painting elsewhere',
      text: '1 painting, 1.0 MB, in /media/disk.\nImpasto finds it there; choose the folder again to move it.',
    })
  })
})
