/** @file What a network consists of and what it costs, from its graph alone. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { ImpastoError, reportOf } from '../../../src-shared/errors/impasto-error'
import type { LayerCosts } from '../../../src-shared/model/network-costs'
import { layerCosts } from '../graph/costs'
import { Graph } from '../graph/graph'
import { placeholder } from '../graph/operations/source'
import { trainableParameters } from '../networks/parameters'
import { networkOf } from '../networks/registry'

/** @throws ImpastoError `network-input-unfit` where the network cannot be built on such images */
export function inspectNetwork({
  name,
  input,
  classes,
}: EngineTaskArguments<'inspect-network'>): Promise<EngineTaskResult<'inspect-network'>> {
  const layers = layersOf({ name, input, classes })
  const sum = (valueOf: (layer: LayerCosts) => number): number =>
    layers.reduce((total, layer) => total + valueOf(layer), 0)
  const trainable = sum(({ parameters }) => parameters)
  return Promise.resolve({
    name,
    parameters: { trainable, total: trainable },
    multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
    layers: [...layers],
  })
}

function layersOf(request: EngineTaskArguments<'inspect-network'>): readonly LayerCosts[] {
  const parameters = trainableParameters()
  try {
    const image = placeholder(new Graph(), 'image', [1, ...request.input])
    const { output } = networkOf(request)(image, { parameters })
    return layerCosts(output, new Set(parameters.list.map(({ variable }) => variable)))
  } catch (error) {
    if (reportOf(error).code !== 'graph-invalid') throw error
    const input = request.input.join(' × ')
    throw new ImpastoError('network-input-unfit', { network: request.name, input }, { cause: error })
  }
}
