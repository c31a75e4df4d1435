/** @file Owns the networks of the process: each is loaded once and kept, so that the next painting starts at once. */
import type { StyleRecipe } from '../../../src-shared/model/style-recipe'
import type { Precision } from '../networks/vgg'
import { StyleNetwork } from '../style/style-network'
import { loadVgg19Weights } from '../weights/vgg19'
import { weightsFolder } from '../weights/weights-folder'

type NetworkOptions = Pick<StyleRecipe, 'pooling' | 'rescalePooling'> & { readonly precision: Precision }

interface KeptNetwork {
  readonly key: string
  readonly network: Promise<StyleNetwork>
}

/** A network takes some hundred megabytes, so only the one used last is kept. */
let kept: KeptNetwork | null = null

/** The network of these options. It stays this module's: callers must not dispose it. */
export async function styleNetwork({
  pooling,
  rescalePooling,
  precision,
}: NetworkOptions): Promise<StyleNetwork> {
  const key = `${pooling} ${String(rescalePooling)} ${precision}`
  if (kept?.key !== key) {
    const released = release(kept)
    kept = { key, network: released.then(() => open({ pooling, rescalePooling, precision })) }
  }
  const current = kept
  try {
    return await current.network
  } catch (error) {
    // The next call tries again.
    if (kept === current) kept = null
    throw error
  }
}

/** Frees every network. */
export async function releaseStyleNetworks(): Promise<void> {
  const released = release(kept)
  kept = null
  await released
}

async function release(released: KeptNetwork | null): Promise<void> {
  await released?.network.then(
    (network) => {
      network.dispose()
    },
    () => undefined,
  )
}

async function open(options: NetworkOptions): Promise<StyleNetwork> {
  return StyleNetwork.open(await loadVgg19Weights(weightsFolder()), options)
}
