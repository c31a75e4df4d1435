/** @file Checks that several builders make on their inputs. */
import { ImpastoError } from '../../../../src-shared/errors/impasto-error'
import type { DataType, Node, OperationKind } from '../node'
import { formatShape, shapesAgree, type Margin, type Shape } from '../shape'

/** @throws ImpastoError graph-invalid, unless `condition` holds. */
export function check(operation: OperationKind, condition: boolean, reason: string): void {
  if (!condition) throw new ImpastoError('graph-invalid', { operation, reason })
}

export function checkRank(operation: OperationKind, node: Node, rank: number): void {
  check(
    operation,
    node.shape.length === rank,
    `${node.name} ${formatShape(node.shape)} is not of rank ${String(rank)}`,
  )
}

export function checkShape(operation: OperationKind, node: Node, shape: Shape): void {
  check(
    operation,
    shapesAgree(node.shape, shape),
    `${node.name} ${formatShape(node.shape)} should be ${formatShape(shape)}`,
  )
}

export function checkAxis(operation: OperationKind, { name, shape }: Node, axis: number): void {
  check(
    operation,
    Number.isInteger(axis) && axis >= 0 && axis < shape.length,
    `${name} has no axis ${String(axis)}`,
  )
}

/** Lengths of a window or of its steps: whole numbers of at least 1. */
export function checkLengths(operation: OperationKind, name: string, lengths: readonly number[]): void {
  check(
    operation,
    lengths.every((length) => Number.isInteger(length) && length >= 1),
    `${name} of ${lengths.join(' x ')}`,
  )
}

export function checkMargin(operation: OperationKind, margin: Margin): void {
  check(
    operation,
    margin.every((entries) => Number.isInteger(entries) && entries >= 0),
    `a margin of ${margin.join(' and ')}`,
  )
}

export function isFloatingPoint(dataType: DataType): boolean {
  return dataType === 'float32' || dataType === 'float64' || dataType === 'bfloat16'
}

export function checkFloatingPoint(operation: OperationKind, { name, dataType }: Node): void {
  check(operation, isFloatingPoint(dataType), `${name} is ${dataType}`)
}

/** Bytes and truth values are cast before anything is calculated with them. */
export function checkNumeric(operation: OperationKind, { name, dataType }: Node): void {
  check(operation, dataType === 'int32' || isFloatingPoint(dataType), `${name} is ${dataType}`)
}

/** The one data type of all nodes. */
export function commonDataType(operation: OperationKind, first: Node, ...others: readonly Node[]): DataType {
  for (const other of others) {
    check(
      operation,
      other.dataType === first.dataType,
      `${first.name} is ${first.dataType}, ${other.name} is ${other.dataType}`,
    )
  }
  return first.dataType
}
