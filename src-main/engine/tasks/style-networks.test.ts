import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { styleWeights } from '../../../src-shared/math/style-weights'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { resourceCount } from '../runtime/resource-count'
import type { StyleNetwork } from '../style/style-network'
import { dropStyleNetworks, leaseStyleNetwork } from './style-networks'

const options = { pooling: 'max', rescalePooling: false, precision: 'float32' } as const
const others = { ...options, pooling: 'average' } as const

let before: number

beforeEach(async () => {
  await dropStyleNetworks()
  before = await sessions()
})

afterEach(async () => {
  await dropStyleNetworks()
  expect(await sessions()).toBe(before)
})

const sessions = async (): Promise<number> => (await resourceCount()).sessions

/** Fails where the network has been disposed. */
function evaluate(network: StyleNetwork): number {
  const picture = { width: 32, height: 32, values: new Float32Array(32 * 32 * 3).fill(100) }
  const weights = { ...styleWeights(defaultStyleRecipe), totalVariation: 0 }
  return network.evaluate(picture, network.targets(picture, picture), weights).total
}

describe('style networks', () => {
  it('are opened once for the same options, at once or later', async () => {
    const [first, second] = await Promise.all([leaseStyleNetwork(options), leaseStyleNetwork(options)])
    expect(second.network).toBe(first.network)
    first.release()
    second.release()
    const third = await leaseStyleNetwork(options)
    expect(third.network).toBe(first.network)
    third.release()
    expect(await sessions()).toBe(before + 1)
  })

  it('stay usable for their holder while others are asked for', async () => {
    const first = await leaseStyleNetwork(options)
    const second = await leaseStyleNetwork(others)
    expect(evaluate(first.network)).toBe(0)
    expect(evaluate(second.network)).toBe(0)
    second.release()
    expect(evaluate(first.network)).toBe(0)
    first.release()
  })

  it('are kept one at a time once nobody holds them', async () => {
    const [first, second] = await Promise.all([leaseStyleNetwork(options), leaseStyleNetwork(others)])
    expect(await sessions()).toBe(before + 2)
    first.release()
    await expect.poll(sessions).toBe(before + 1)
    second.release()
    expect(evaluate(second.network)).toBe(0)
  })

  it('are not taken from a second holder by a first who gives back twice', async () => {
    const first = await leaseStyleNetwork(options)
    const second = await leaseStyleNetwork(options)
    first.release()
    first.release()
    await dropStyleNetworks()
    expect(evaluate(second.network)).toBe(0)
    second.release()
    await expect.poll(sessions).toBe(before)
  })

  it('are opened anew after a failure', async () => {
    process.env.IMPASTO_WEIGHTS = '/nowhere'
    try {
      await expect(leaseStyleNetwork(options)).rejects.toMatchObject({ code: 'weights-missing' })
    } finally {
      delete process.env.IMPASTO_WEIGHTS
    }
    const lease = await leaseStyleNetwork(options)
    expect(evaluate(lease.network)).toBe(0)
    lease.release()
  })
})
