/**
 * @file Owns the networks of the process and lends them out.
 *
 * [Note: Lent networks] A network takes some hundred megabytes and seconds to load, so the one that was asked for last
 * is kept for the next task. Another task may ask for other options while a painting (perhaps a paused one) still
 * holds its own: what is lent is disposed when its last holder gives it back, never before.
 */
import type { StyleRecipe } from '../../../src-shared/model/style-recipe'
import type { Precision } from '../networks/vgg'
import { StyleNetwork } from '../style/style-network'
import { loadVgg19Weights } from '../weights/vgg19'
import { weightsFolder } from '../weights/weights-folder'

type NetworkOptions = Pick<StyleRecipe, 'pooling' | 'rescalePooling'> & { readonly precision: Precision }

export interface StyleNetworkLease {
  readonly network: StyleNetwork
  /** Gives the network back, which must not be used after it. Once is enough; more does nothing. */
  readonly release: () => void
}

interface OwnedNetwork {
  readonly key: string
  readonly network: Promise<StyleNetwork>
  holders: number
}

/** The network that was asked for last. */
let kept: OwnedNetwork | null = null

/**
 * The network of these options, lent until it is released.
 * @throws ImpastoError those of the weights and of the session
 */
export async function leaseStyleNetwork(options: NetworkOptions): Promise<StyleNetworkLease> {
  const owned = ownedNetwork(options)
  owned.holders += 1
  let released = false
  const release = (): void => {
    if (released) return
    released = true
    owned.holders -= 1
    void disposeUnlessNeeded(owned)
  }
  try {
    return { network: await owned.network, release }
  } catch (error) {
    // The next call tries again.
    if (kept === owned) kept = null
    release()
    throw error
  }
}

/** Keeps no network any longer. One that is lent goes when it is given back; resolves when the others are gone. */
export async function dropStyleNetworks(): Promise<void> {
  const dropped = kept
  kept = null
  if (dropped !== null) await disposeUnlessNeeded(dropped)
}

function ownedNetwork({ pooling, rescalePooling, precision }: NetworkOptions): OwnedNetwork {
  const key = `${pooling} ${String(rescalePooling)} ${precision}`
  if (kept?.key === key) return kept
  // The memory of the last one is given back before the next one takes its own.
  const network = dropStyleNetworks().then(() => open({ pooling, rescalePooling, precision }))
  kept = { key, network, holders: 0 }
  return kept
}

async function disposeUnlessNeeded(owned: OwnedNetwork): Promise<void> {
  if (owned === kept || owned.holders > 0) return
  await owned.network.then(
    (network) => {
      network.dispose()
    },
    () => undefined,
  )
}

async function open(options: NetworkOptions): Promise<StyleNetwork> {
  return StyleNetwork.open(await loadVgg19Weights(weightsFolder()), options)
}
