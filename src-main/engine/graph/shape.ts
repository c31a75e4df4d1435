/** @file Shapes of tensors whose sizes may be unknown until a run, and the arithmetic on them. */
import { ImpastoError } from '../../../src-shared/errors/impasto-error'

/** Sizes from the outermost dimension to the innermost; null where a size is known only in a run. */
export type Shape = readonly (number | null)[]

/** A pair [vertical, horizontal]. */
export type Size2d = readonly [number, number]

/** Entries before and after those of an axis. */
export type Margin = readonly [before: number, after: number]

/**
 * How a window meets the border. `same` is TensorFlow's: as few zeros as let windows start at every stride-th position,
 * half of them on each side, an odd one at the bottom and on the right. `valid` pads nothing.
 */
export type NamedPadding = 'same' | 'valid'

/**
 * Margins, [[top, bottom], [left, right]], say it for themselves. PyTorch's `padding=1` is [[1, 1], [1, 1]], which at a
 * stride of 2 is not `same`: an even size then gets its one row at the bottom there, and at the top too here.
 */
export type Padding = NamedPadding | readonly [vertical: Margin, horizontal: Margin]

/** What `padding` is along the vertical axis, 0, or the horizontal one, 1. */
export function paddingAlong(padding: Padding, axis: 0 | 1): NamedPadding | Margin {
  return typeof padding === 'string' ? padding : padding[axis]
}

export function isKnown(shape: Shape): shape is readonly number[] {
  return shape.every((size) => size !== null)
}

/** Number of elements, null if a size is unknown. */
export function elementCountOf(shape: Shape): number | null {
  return isKnown(shape) ? shape.reduce((product, size) => product * size, 1) : null
}

/** Whether both shapes can describe one tensor: an unknown size agrees with every size. */
export function shapesAgree(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => sizesAgree(size, b[axis]))
}

function sizesAgree(a: number | null, b: number | null | undefined): boolean {
  return a === null || b === null || a === b
}

export function formatShape(shape: Shape): string {
  return `[${shape.map((size) => size ?? '?').join(', ')}]`
}

/** Size of a sliding window's output along one axis; below 1 where the window does not fit into the input. */
export function windowOutputSize(
  input: number | null,
  window: number | null,
  stride: number,
  padding: NamedPadding | Margin,
): number | null {
  if (input === null) return null
  if (padding === 'same') return Math.ceil(input / stride)
  const [before, after] = padding === 'valid' ? [0, 0] : padding
  return window === null ? null : Math.ceil((before + input + after - window + 1) / stride)
}

/**
 * Shape of an element by element operation on `a` and `b`.
 *
 * [Note: Broadcasting] Shapes are aligned at their innermost dimension; a missing dimension or one of known size 1 is
 * repeated. An unknown size never stands for such a 1, so which axes are repeated is decided before a run, and
 * gradients know which axes to sum over.
 */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const sizeA = a[axis - (rank - a.length)]
    const sizeB = b[axis - (rank - b.length)]
    if (sizeA === undefined || (sizeA === 1 && sizeB !== undefined)) return sizeB ?? null
    if (sizeB === undefined || sizeB === 1) return sizeA
    if (!sizesAgree(sizeA, sizeB)) {
      throw new ImpastoError('graph-invalid', {
        operation,
        reason: `${formatShape(a)} and ${formatShape(b)} do not fit each other`,
      })
    }
    return sizeA ?? sizeB
  })
}

/** The axes of `target` along which `source` is repeated (see [Note: Broadcasting]). */
export function broadcastAxes(source: Shape, target: Shape): readonly number[] {
  const missing = target.length - source.length
  return target.flatMap((size, axis) => {
    const sourceSize = source[axis - missing]
    return sourceSize === undefined || (sourceSize === 1 && size !== 1) ? [axis] : []
  })
}
