/** @file Loads the network before it is needed, and measures how fast this machine is. */
import type { EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { styleWeights } from '../../../src-shared/math/style-weights'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import type { StyleNetwork } from '../style/style-network'
import { precisionFor } from './precision'
import { leaseStyleNetwork } from './style-networks'

/** The coarse scale of a default painting: what is compiled for it here need not be compiled at Paint. */
const SIZE = { width: 256, height: 171 }
/** The first run compiles; the fastest of these is the machine's pace. */
const TIMED_RUNS = 2

export async function warmUp(): Promise<EngineTaskResult<'warm-up'>> {
  const precision = await precisionFor(defaultStyleRecipe)
  const { network, release } = await leaseStyleNetwork({ ...defaultStyleRecipe, precision })
  try {
    return { secondsPerMegapixel: secondsOf(network) / ((SIZE.width * SIZE.height) / 1e6) }
  } finally {
    release()
  }
}

/** The seconds of one evaluation. */
function secondsOf(network: StyleNetwork): number {
  const grey = { ...SIZE, values: new Float32Array(SIZE.width * SIZE.height * 3).fill(128) }
  const targets = network.targets(grey, grey)
  const weights = { ...styleWeights(defaultStyleRecipe), totalVariation: 0 }
  const durations = Array.from({ length: TIMED_RUNS }, () => {
    const start = performance.now()
    network.evaluate(grey, targets, weights)
    return (performance.now() - start) / 1000
  })
  return Math.min(...durations)
}
