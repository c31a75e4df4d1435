import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration } from './format'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_234_567, '1.2 MB'],
    [24_000_000_000, '24.0 GB'],
    [412_000_000, '412 MB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatDuration', () => {
  it.each([
    [0.2, '1 s'],
    [8.4, '8 s'],
    [42, '40 s'],
    [58, '1 min'],
    [148, '2 min 30 s'],
    [599, '10 min'],
    [4200, '1 h 10 min'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})
