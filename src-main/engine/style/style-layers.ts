/** @file Records with an entry for each style layer, under its name alone or with a prefix. */
import { STYLE_LAYERS, type StyleLayer } from '../../../src-shared/math/style-weights'

/** How the style graph names what it takes or gives of a style layer. */
export type LayerName<Prefix extends string> = `${Prefix}/${StyleLayer}`

export function byLayer<Value>(valueOf: (layer: StyleLayer) => Value): Record<StyleLayer, Value> {
  return Object.fromEntries(STYLE_LAYERS.map((layer) => [layer, valueOf(layer)])) as Record<StyleLayer, Value>
}

export function byLayerName<Prefix extends string, Value>(
  prefix: Prefix,
  valueOf: (layer: StyleLayer) => Value,
): Record<LayerName<Prefix>, Value> {
  const entries = STYLE_LAYERS.map((layer) => [`${prefix}/${layer}`, valueOf(layer)])
  return Object.fromEntries(entries) as Record<LayerName<Prefix>, Value>
}
