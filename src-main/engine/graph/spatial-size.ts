/** @file What convolutions and poolings make of the height and width of an image. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { ancestors } from './graph'
import type { Node, PoolingAttributes } from './node'
import { windowOutputSize, type Size2d } from './shape'

/**
 * Gives the height and width of `node` for an image of any height and width, where the image comes to `node` through
 * one convolution or pooling after the other. Holds on to nothing of the graph.
 * @throws ImpastoError graph-invalid if a filter's size is known only in a run.
 */
export function spatialSizeOf(node: Node): (image: Size2d) => Size2d {
  const windows = ancestors([node]).flatMap(slidingWindow)
  return (image) => windows.reduce(sizeAfter, image)
}

function slidingWindow(node: Node): readonly PoolingAttributes[] {
  switch (node.kind) {
    case 'conv2d':
      return [{ ...node.attributes, window: filterSize(node.inputs[1]) }]
    case 'maxPool':
    case 'averagePool':
      return [node.attributes]
    default:
      return []
  }
}

function filterSize({ name, shape: [height = null, width = null] }: Node): Size2d {
  if (height !== null && width !== null) return [height, width]
  throw new ImpastoError('graph-invalid', { operation: 'conv2d', reason: `the size of ${name} is not known` })
}

function sizeAfter(size: Size2d, { window, strides, padding }: PoolingAttributes): Size2d {
  const along = (axis: 0 | 1): number => windowOutputSize(size[axis], window[axis], strides[axis], padding)
  return [along(0), along(1)]
}
