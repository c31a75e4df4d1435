/**
 * @file A program that calls a function with updates again and again, as training does, and sends after each block of
 * calls what memory it holds. Its arguments: how many blocks there are, how many calls in each, the bytes of a variable.
 */
import { memoryUsage } from 'node:process'
import { Graph } from '../../../graph/graph'
import { add, scale, subtract } from '../../../graph/operations/arithmetic'
import { placeholder } from '../../../graph/operations/source'
import { assign, variable } from '../../../graph/operations/state'
import { openSession } from '../session'

const [, , , blocks, calls, bytes] = process.argv
const LENGTH = Number(bytes) / Float32Array.BYTES_PER_ELEMENT

const graph = new Graph()
const weights = variable(graph, 'weights', [LENGTH])
const velocity = variable(graph, 'velocity', [LENGTH])
const gradient = placeholder(graph, 'gradient', [LENGTH])
const next = add(scale(velocity, 0.9), gradient)
const session = await openSession({
  step: {
    inputs: { gradient },
    outputs: { before: weights },
    updates: [assign(velocity, next), assign(weights, subtract(weights, scale(next, 0.1)))],
  },
})
const zeros = { shape: [LENGTH], values: new Float32Array(LENGTH) }
session.writeVariables({ weights: zeros, velocity: zeros })
const values = new Float32Array(LENGTH).fill(1)

const memory: number[] = []
for (let block = 0; block < Number(blocks); block += 1) {
  for (let call = 0; call < Number(calls); call += 1) {
    session.functions.step({ gradient: { shape: [LENGTH], values } })
  }
  memory.push(memoryUsage.rss())
}
process.send?.(memory)
