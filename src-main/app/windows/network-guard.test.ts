import { describe, expect, it } from 'vitest'
import { staysInside } from './network-guard'

describe('staysInside', () => {
  it('lets our own scheme through', () => {
    expect(staysInside('impasto://app/index.html')).toBe(true)
    expect(staysInside('impasto://image/3')).toBe(true)
  })

  it.each([
    'https://example.org/impasto://app/',
    'http://localhost/',
    'ws://localhost/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'blob:impasto://app/1',
    'impasto',
  ])('refuses %s', (address) => {
    expect(staysInside(address)).toBe(false)
  })
})
