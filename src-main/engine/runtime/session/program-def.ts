/**
 * @file Lowers a program to one GraphDef: the nodes of its graph, and around them what is fed, fetched and updated.
 *
 * Every output has a name of its own, so that one node can be two outputs, or an input an output. The updates of a
 * function hang on one more fetch, which waits for them; a variable is assigned after it was read (see [Note: Updates]).
 */
import { ancestors } from '../../graph/graph'
import type { Node } from '../../graph/node'
import type { Update, Variable } from '../../graph/operations/state'
import { nodesAtBorders, type GraphFunction, type Program } from '../executor'
import { handleName, lowerToGraphDef } from './graph-def'
import { dataTypeNumber, shapeProto, tensorProto, type NodeDef } from './saved-model'

export type Device = 'cpu' | 'gpu'

export const outputName = (called: string, output: string): string => `output.${called}.${output}`
export const updatedName = (called: string): string => `updated.${called}`
/** What a variable is written from, and what tells that it was. */
export const newValueName = (variable: string): string => `${variable}.new`
export const writtenName = (variable: string): string => `${variable}.written`

/** The variables that a program reads or updates. */
export function variablesOf(program: Program): readonly Variable[] {
  return ancestors(nodesAtBorders(program)).filter((node): node is Variable => node.kind === 'variable')
}

/** With a `device` everything runs there or not at all; without, TensorFlow takes a GPU if it has one. */
export function lowerProgram(program: Program, device?: Device): readonly NodeDef[] {
  const functions = Object.entries(program)
  const nodes = [
    ...lowerToGraphDef(ancestors(nodesAtBorders(program))),
    ...functions.flatMap(([name, called]) => [...outputsOf(name, called), ...updatesOf(name, called)]),
    ...variablesOf(program).flatMap(writingOf),
  ]
  return device === undefined ? nodes : nodes.map((node) => ({ ...node, device: deviceName(device) }))
}

const deviceName = (device: Device): string => `/device:${device.toUpperCase()}:0`

function outputsOf(called: string, { outputs }: GraphFunction): readonly NodeDef[] {
  return Object.entries(outputs).map(([name, node]) => ({
    name: outputName(called, name),
    op: 'Identity',
    input: [node.name],
    attr: typed('T', node),
  }))
}

function updatesOf(called: string, { outputs, updates = [] }: GraphFunction): readonly NodeDef[] {
  if (updates.length === 0) return []
  const read = new Set(ancestors([...Object.values(outputs), ...updates.map(({ value }) => value)]))
  const assignments = updates.flatMap((update) => {
    const { variable, value } = update
    const name = `update.${called}.${variable.name}`
    const source = mayShareFeed(value) ? `${name}.copy` : value.name
    const copy = source === value.name ? [] : [copyOf(source, value.name, variable)]
    return [...copy, assignment(name, variable, source, read.has(variable))]
  })
  const all = updates.map(({ variable }) => `^update.${called}.${variable.name}`)
  return [...assignments, told(updatedName(called), all)]
}

/** What writes a variable from outside of the graph. */
function writingOf(variable: Variable): readonly NodeDef[] {
  const value = newValueName(variable.name)
  const copy = `${value}.copy`
  const write = `${variable.name}.write`
  return [
    {
      name: value,
      op: 'Placeholder',
      input: [],
      attr: { ...typed('dtype', variable), shape: { shape: shapeProto(variable.shape) } },
    },
    copyOf(copy, value, variable),
    assignment(write, variable, copy, false),
    told(writtenName(variable.name), [`^${write}`]),
  ]
}

/** Whether a value may lie in the memory of the JavaScript array that was fed, which its owner may use again. */
function mayShareFeed(value: Update['value']): boolean {
  return value.kind === 'placeholder' || (value.kind === 'reshape' && mayShareFeed(value.inputs[0]))
}

const copyOf = (name: string, value: string, variable: Variable): NodeDef => ({
  name,
  op: 'DeepCopy',
  input: [value],
  attr: typed('T', variable),
})

function assignment(name: string, variable: Variable, value: string, afterReading: boolean): NodeDef {
  return {
    name,
    op: 'AssignVariableOp',
    input: [handleName(variable), value, ...(afterReading ? [`^${variable.name}`] : [])],
    attr: typed('dtype', variable),
  }
}

/** A number that is there once `control` has happened. */
const told = (name: string, control: readonly string[]): NodeDef => ({
  name,
  op: 'Const',
  input: control,
  attr: {
    dtype: { type: dataTypeNumber('int32') },
    value: { tensor: tensorProto(Int32Array.of(1), 'int32', []) },
  },
})

const typed = (attribute: string, { dataType }: Pick<Node, 'dataType'>): NodeDef['attr'] => ({
  [attribute]: { type: dataTypeNumber(dataType) },
})
