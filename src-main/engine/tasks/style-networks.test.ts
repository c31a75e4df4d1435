import { afterEach, describe, expect, it } from 'vitest'
import { resourceCount } from '../runtime/resource-count'
import { releaseStyleNetworks, styleNetwork } from './style-networks'

const options = { pooling: 'max', rescalePooling: false, precision: 'float32' } as const

afterEach(releaseStyleNetworks)

describe('style networks', () => {
  it('are opened once for the same options', async () => {
    const [first, second] = await Promise.all([styleNetwork(options), styleNetwork(options)])
    expect(second).toBe(first)
  })

  it('are kept one at a time, even where two are asked for at once', async () => {
    await releaseStyleNetworks()
    const before = await resourceCount()
    await Promise.all([styleNetwork(options), styleNetwork({ ...options, pooling: 'average' })])
    expect((await resourceCount()).sessions).toBe(before.sessions + 1)
    await releaseStyleNetworks()
    expect(await resourceCount()).toEqual(before)
  })
})
