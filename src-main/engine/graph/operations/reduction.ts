/** @file Sums over axes and their transpose, the repetition along axes. */
import type { GradientRule, Node } from '../node'
import { broadcastAxes } from '../shape'
import { checkAxis, checkNumeric } from './checks'
import { reshape, reshapeLike, shapeTensor } from './structure'

/** The sum over `axes`, all of them by default, which are dropped unless `keepDimensions`. */
export function sum(
  input: Node,
  axes: readonly number[] = input.shape.map((_, axis) => axis),
  keepDimensions = false,
): Node {
  checkNumeric('sum', input)
  for (const axis of axes) checkAxis('sum', input, axis)
  const shape = input.shape.flatMap((size, axis) => {
    if (!axes.includes(axis)) return [size]
    return keepDimensions ? [1] : []
  })
  return input.graph.add('sum', [input], { axes, keepDimensions }, { shape, dataType: input.dataType })
}

/** `input` repeated to the shape of `model` (see [Note: Broadcasting]). */
export function broadcastLike(input: Node, model: Node): Node {
  return input.graph.add(
    'broadcastTo',
    [input, shapeTensor(model)],
    {},
    { shape: model.shape, dataType: input.dataType },
  )
}

/** `upstream` summed over the axes along which `input` was repeated to its shape. */
export function sumLike(upstream: Node, input: Node): Node {
  const axes = broadcastAxes(input.shape, upstream.shape)
  return axes.length === 0 ? upstream : reshapeLike(sum(upstream, axes), input)
}

export const sumGradient: GradientRule<'sum'> = ({ inputs: [input], attributes: { axes } }, upstream) => [
  () => {
    const kept = input.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    return broadcastLike(reshape(upstream, kept), input)
  },
]

export const broadcastToGradient: GradientRule<'broadcastTo'> = ({ inputs: [input] }, upstream) => [
  () => sumLike(upstream, input),
  null,
]
