/** @file What a network consists of and what it costs, layer by layer. */
import { z } from 'zod'

export const layerKinds = [
  'convolution',
  'fully-connected',
  'max-pooling',
  'average-pooling',
  'batch-normalisation',
] as const

const count = z.int().nonnegative()

export const layerCostsSchema = z.object({
  /** Its scope in the graph, such as `block1_conv1`. */
  name: z.string(),
  kind: z.enum(layerKinds),
  /** Of one image, without the batch: [height, width, channels] or [units]. */
  outputShape: z.array(z.int().positive()),
  /** What training changes. */
  parameters: count,
  /** How the parameters are counted, such as `(3 × 3 × 64 + 1) × 128`; empty where there are none. */
  formula: z.string(),
  /** For one image. */
  multiplyAdds: count,
  /** Side, in pixels of the input, of the square that one value of the layer sees; may reach beyond the input. */
  receptiveField: z.int().positive(),
})
export type LayerCosts = Readonly<z.infer<typeof layerCostsSchema>>

export const networkCostsSchema = z.object({
  name: z.string(),
  parameters: z.object({ trainable: count, total: count }),
  multiplyAdds: count,
  layers: z.array(layerCostsSchema),
})
export type NetworkCosts = Readonly<z.infer<typeof networkCostsSchema>>
