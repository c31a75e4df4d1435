/** @file What a network consists of and what it costs, from its graph alone. */
import type { EngineTaskArguments, EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import { ImpastoError, reportOf } from '../../../src-shared/errors/impasto-error'
import type { NetworkCosts } from '../../../src-shared/model/network-costs'
import { layerCosts, parameterCounts } from '../graph/costs'
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
  return Promise.resolve(costsOf({ name, input, classes }))
}

function costsOf(request: EngineTaskArguments<'inspect-network'>): NetworkCosts {
  const parameters = trainableParameters()
  try {
    const image = placeholder(new Graph(), 'image', [1, ...request.input])
    const { output } = networkOf(request)(image, { parameters })
    const trainable = new Set(parameters.list.map(({ variable }) => variable))
    const layers = layerCosts(output, trainable)
    return {
      name: request.name,
      parameters: parameterCounts(output.graph, trainable),
      multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
      layers: [...layers],
    }
  } catch (error) {
    if (reportOf(error).code !== 'graph-invalid') throw error
    const input = request.input.join(' × ')
    throw new ImpastoError('network-input-unfit', { network: request.name, input }, { cause: error })
  }
}
