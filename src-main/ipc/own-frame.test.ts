import { describe, expect, it } from 'vitest'
import { isOwnFrame } from './own-frame'

describe('isOwnFrame', () => {
  it('accepts the top frame of our page', () => {
    expect(isOwnFrame({ url: 'impasto://app/index.html', parent: null })).toBe(true)
  })

  it.each([
    ['a page of another origin', { url: 'https://example.org/', parent: null }],
    ['a host that only begins like ours', { url: 'impasto://application/index.html', parent: null }],
    ['an image opened as a page', { url: 'impasto://image/abc', parent: null }],
    ['a frame inside our page', { url: 'impasto://app/index.html', parent: {} }],
    ['a frame that is gone', null],
  ])('refuses %s', (_, frame) => {
    expect(isOwnFrame(frame)).toBe(false)
  })
})
