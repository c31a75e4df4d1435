import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { mapSomeAtOnce } from './map-some-at-once'

describe('mapSomeAtOnce', () => {
  it('gives the results in the order of the items, and never works on more than it may', async () => {
    let now = 0
    let most = 0
    const items = Array.from({ length: 20 }, (_, index) => index)
    const results = await mapSomeAtOnce(3, items, async (item) => {
      now += 1
      most = Math.max(most, now)
      await setTimeout(item % 3)
      now -= 1
      return item * 2
    })
    expect(results).toEqual(items.map((item) => item * 2))
    expect(most).toBe(3)
  })

  it('rejects as the work does, and gives nothing for nothing', async () => {
    await expect(mapSomeAtOnce(2, [1, 2, 3], () => Promise.reject(new Error('full')))).rejects.toThrow('full')
    expect(await mapSomeAtOnce(2, [], () => Promise.reject(new Error('full')))).toEqual([])
  })
})
