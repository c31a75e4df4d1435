/** @file From numbers to indices and back: rows by their index, the index of the largest, an index as a row. */
import type { GradientRule, Node } from '../node'
import { check, checkAxis, checkLengths, checkNumeric } from './checks'
import { shapeTensor } from './structure'

/**
 * The rows of `table` [rows, ...] at the int32 `indices`, of rank 1 at least, as a tensor [...indices, ...]. An index below 0 or beyond the
 * last row lets a run fail (on a GPU, give zeros).
 */
export function gather(table: Node, indices: Node): Node {
  check('gather', table.shape.length > 0, `${table.name} has no rows`)
  checkIndices('gather', indices)
  // A scatter, which is the gradient, takes no scalar.
  check('gather', indices.shape.length > 0, `the indices ${indices.name} are a scalar`)
  const shape = [...indices.shape, ...table.shape.slice(1)]
  return table.graph.add('gather', [table, indices], {}, { shape, dataType: table.dataType })
}

/** Where along `axis`, which is dropped, the largest number stands, as int32; among equals any of them. */
export function argMax(input: Node, axis: number): Node {
  checkNumeric('argMax', input)
  checkAxis('argMax', input, axis)
  const shape = input.shape.toSpliced(axis, 1)
  return input.graph.add('argMax', [input], { axis }, { shape, dataType: 'int32' })
}

/**
 * For each of the int32 `indices` a row of `depth` numbers, float32: 1 at the index, else 0; all 0 where the index lies
 * outside of the row.
 */
export function oneHot(indices: Node, depth: number): Node {
  checkIndices('oneHot', indices)
  checkLengths('oneHot', 'depth', [depth])
  const shape = [...indices.shape, depth]
  return indices.graph.add('oneHot', [indices], { depth }, { shape, dataType: 'float32' })
}

function checkIndices(operation: 'gather' | 'oneHot', { name, dataType }: Node): void {
  check(operation, dataType === 'int32', `the indices ${name} are ${dataType}`)
}

export const gatherGradient: GradientRule<'gather'> = ({ inputs: [table, indices] }, upstream) => [
  () =>
    table.graph.add(
      'gatherGradient',
      [shapeTensor(table), indices, upstream],
      {},
      { shape: table.shape, dataType: upstream.dataType },
    ),
  null,
]

/** The place of the largest number is constant wherever it has a derivative. */
export const argMaxGradient: GradientRule<'argMax'> = () => [null]

export const oneHotGradient: GradientRule<'oneHot'> = () => [null]
