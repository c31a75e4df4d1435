import { describe, expect, it } from 'vitest'
import { zoomedInterface } from './interface-zoom'

describe('zoomedInterface', () => {
  it('goes step by step, from between two steps too, and back', () => {
    expect(zoomedInterface(1, 'in')).toBe(1.1)
    expect(zoomedInterface(1, 'out')).toBe(0.9)
    expect(zoomedInterface(1.3, 'in')).toBe(1.5)
    expect(zoomedInterface(1.3, 'out')).toBe(1.25)
    expect(zoomedInterface(2.5, 'reset')).toBe(1)
  })

  it('ends at half and at three times the size', () => {
    expect(zoomedInterface(3, 'in')).toBe(3)
    expect(zoomedInterface(0.5, 'out')).toBe(0.5)
  })
})
