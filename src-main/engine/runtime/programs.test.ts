/** @file Programs of several functions with variables, on both executors. */
import { describe, expect, it } from 'vitest'
import { nextMessage, startProgram } from '../../storage/testing/other-process'
import { join } from 'node:path'
import { Graph } from '../graph/graph'
import { add, scale, subtract } from '../graph/operations/arithmetic'
import { cast } from '../graph/operations/cast'
import { placeholder } from '../graph/operations/source'
import { assign, variable } from '../graph/operations/state'
import { reshape } from '../graph/operations/structure'
import type { Executor, Program, TensorValue } from './executor'
import { openInterpreter } from './interpreter/interpreter'
import { resourceCount } from './resource-count'
import { openSession } from './session/session'

const vector = (...values: number[]): TensorValue => ({
  shape: [values.length],
  values: Float32Array.from(values),
})
const numbers = ({ values }: TensorValue): readonly number[] => [...values]

/** Two accounts: what is paid out of one is paid into the other. */
function accounts() {
  const graph = new Graph()
  const first = graph.scope('accounts', () => variable(graph, 'first', [2]))
  const second = graph.scope('accounts', () => variable(graph, 'second', [2]))
  const amount = placeholder(graph, 'amount', [2])
  return {
    open: {
      inputs: { amount },
      outputs: {},
      updates: [assign(first, amount), assign(second, scale(amount, 2))],
    },
    swap: {
      inputs: {},
      outputs: { sum: add(first, second) },
      updates: [assign(first, second), assign(second, first)],
    },
    pay: {
      inputs: { amount },
      outputs: { before: first },
      updates: [assign(first, subtract(first, amount)), assign(second, add(second, amount))],
    },
    look: { inputs: {}, outputs: { first, second } },
  } satisfies Program
}

type Open = <Called extends Program>(program: Called) => Promise<Executor<Called>>
const executors: readonly { readonly name: string; readonly open: Open }[] = [
  { name: 'a session', open: openSession },
  { name: 'the interpreter', open: (program) => Promise.resolve(openInterpreter(program)) },
]

describe.each(executors)('a program in $name', ({ open }) => {
  it('keeps its variables between calls, and gives what it computed before it changed them', async () => {
    const before = await resourceCount()
    const executor = await open(accounts())
    const { functions } = executor
    functions.open({ amount: vector(1, 10) })
    expect(numbers(functions.pay({ amount: vector(3, 4) }).before)).toEqual([1, 10])
    expect(numbers(functions.pay({ amount: vector(1, 1) }).before)).toEqual([-2, 6])
    const { first, second } = functions.look({})
    expect([numbers(first), numbers(second)]).toEqual([
      [-3, 5],
      [6, 25],
    ])
    executor.dispose()
    expect(await resourceCount()).toEqual(before)
  })

  it('lets updates read each other’s variables as they were', async () => {
    const executor = await open(accounts())
    const { functions } = executor
    functions.open({ amount: vector(1, 2) })
    for (let call = 0; call < 101; call += 1) expect(numbers(functions.swap({}).sum)).toEqual([3, 6])
    const { first, second } = functions.look({})
    executor.dispose()
    expect([numbers(first), numbers(second)]).toEqual([
      [2, 4],
      [1, 2],
    ])
  })

  it('makes its updates even where no output is read', async () => {
    const executor = await open(accounts())
    executor.functions.open({ amount: vector(5, 5) })
    expect(executor.functions.pay({ amount: vector(1, 2) }, [])).toEqual({})
    expect(numbers(executor.functions.look({}, ['first']).first)).toEqual([4, 3])
    executor.dispose()
  })

  it('has variables that can be read and written by name, of which it keeps copies', async () => {
    const executor = await open(accounts())
    // The binding may use the memory of an array: by its address in 28 to 45 % of cases, so many are tried.
    const arrays = Array.from({ length: 20 }, (_, index) => Float32Array.of(index, index + 1))
    for (const values of arrays) {
      const number = values[0] ?? NaN
      executor.writeVariables({ 'accounts/first': { shape: [2], values } })
      executor.functions.open({ amount: { shape: [2], values } }, [])
      executor.writeVariables({ 'accounts/second': { shape: [2], values } })
      values.fill(NaN)
      const read = executor.readVariables(['accounts/second', 'accounts/first'])
      expect(Object.values(read).map(numbers)).toEqual([
        [number, number + 1],
        [number, number + 1],
      ])
      read['accounts/first'].values.fill(NaN)
      expect(numbers(executor.functions.look({}).first)).toEqual([number, number + 1])
    }
    executor.dispose()
  })

  it('has variables of its own, though another has some of the same names', async () => {
    const [one, other] = [await open(accounts()), await open(accounts())]
    one.functions.open({ amount: vector(1, 1) })
    other.functions.open({ amount: vector(2, 2) })
    expect(numbers(one.functions.look({}).first)).toEqual([1, 1])
    one.dispose()
    expect(numbers(other.functions.look({}).second)).toEqual([4, 4])
    other.dispose()
  })

  it('refuses to read what was never written, and names that are none', async () => {
    const executor = await open(accounts())
    expect(() => executor.functions.look({})).toThrow('session-failed')
    expect(() => executor.readVariables(['first'])).toThrow('there is none named first')
    expect(() => {
      executor.writeVariables({ 'accounts/first': vector(1, 2, 3) })
    }).toThrow('its shape is [3]')
    executor.dispose()
  })

  it('refuses a variable at its border that cannot cross it', async () => {
    const graph = new Graph()
    const wide = variable(graph, 'wide', [2], 'float64')
    const input = placeholder(graph, 'input', [2])
    const executor = await open({
      set: { inputs: { input }, outputs: {}, updates: [assign(wide, cast(input, 'float64'))] },
      get: { inputs: {}, outputs: { value: cast(wide, 'float32') } },
    })
    executor.functions.set({ input: vector(1, 2) })
    expect(numbers(executor.functions.get({}).value)).toEqual([1, 2])
    expect(() => executor.readVariables(['wide'])).toThrow('float64')
    executor.dispose()
  })
})

describe('a program', () => {
  const open = (program: Program) => () => openInterpreter(program)

  it('has functions of one graph, and updates a variable once in each', () => {
    const { look, pay } = accounts()
    expect(open({ look, other: accounts().look })).toThrow('several graphs')
    const [update] = pay.updates
    expect(open({ pay: { ...pay, updates: [...pay.updates, ...(update ? [update] : [])] } })).toThrow(
      'accounts/first is updated twice',
    )
  })

  it('refuses a variable whose name is taken, and a value that does not fit', () => {
    const graph = new Graph()
    const kernel = variable(graph, 'kernel', [2, 3])
    expect(() => variable(graph, 'kernel', [2, 3])).toThrow('the name kernel is taken')
    expect(() => assign(kernel, placeholder(graph, 'value', [3, 2]))).toThrow('should be [2, 3]')
    expect(() => assign(kernel, placeholder(graph, 'value', [2, 3], 'int32'))).toThrow('int32')
    expect(() => assign(kernel, placeholder(new Graph(), 'value', [2, 3]))).toThrow('another graph')
  })

  it('copies a fed value that is only given another shape', async () => {
    const graph = new Graph()
    const table = variable(graph, 'table', [2, 2])
    const row = placeholder(graph, 'row', [4])
    const session = await openSession({
      set: { inputs: { row }, outputs: {}, updates: [assign(table, reshape(row, [2, 2]))] },
    })
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const fed = vector(attempt, 1, 2, 3)
      session.functions.set({ row: fed })
      fed.values.fill(NaN)
      expect(numbers(session.readVariables(['table']).table)).toEqual([attempt, 1, 2, 3])
    }
    session.dispose()
  })
})

describe('native memory', () => {
  const BLOCKS = 10
  const CALLS = 100
  const VARIABLE_BYTES = 2 ** 20

  it('has no slope over 1,000 calls of a function with updates', async () => {
    const child = startProgram(
      join(import.meta.dirname, 'session', 'testing', 'repeated-updates.ts'),
      ...[BLOCKS, CALLS, VARIABLE_BYTES].map(String),
    )
    const memory = (await nextMessage(child)) as number[]
    const mean = (blocks: readonly number[]): number =>
      blocks.reduce((sum, bytes) => sum + bytes) / blocks.length
    // From the middle of blocks 2 to 4 to the middle of the last three, once the allocator has filled its pools.
    const slope = (mean(memory.slice(-3)) - mean(memory.slice(1, 4))) / ((BLOCKS - 4) * CALLS)
    // An old value, a new one or a feed that stayed would add all its bytes at each call.
    expect(slope).toBeLessThan(0.1 * VARIABLE_BYTES)
  })
})
