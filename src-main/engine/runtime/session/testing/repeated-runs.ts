/**
 * @file A program that runs one session again and again, and sends after each block of runs what memory it holds.
 * Its arguments: how a run goes (`right`, or `wrong` where its inputs do not fit each other), how many blocks there
 * are, how many runs in each, and the bytes of an input.
 */
import { memoryUsage } from 'node:process'
import { Graph } from '../../../graph/graph'
import { add } from '../../../graph/operations/arithmetic'
import { placeholder } from '../../../graph/operations/source'
import { openSession } from '../session'

const [, , , kind, blocks, runs, inputBytes] = process.argv
const LENGTH = Number(inputBytes) / Float32Array.BYTES_PER_ELEMENT

const graph = new Graph()
const left = placeholder(graph, 'left', [null])
const right = placeholder(graph, 'right', [null])
const session = await openSession({ run: { inputs: { left, right }, outputs: { sum: add(left, right) } } })
// The binding copies an array that does not begin at a round address, and uses the memory of one that does.
const values = new Float32Array(LENGTH + 1).subarray(1).fill(1)
const short = new Float32Array(2)
const feeds = {
  left: { shape: [LENGTH], values },
  right: kind === 'wrong' ? { shape: [2], values: short } : { shape: [LENGTH], values },
}

const memory: number[] = []
for (let block = 0; block < Number(blocks); block += 1) {
  for (let run = 0; run < Number(runs); run += 1) runOnce()
  memory.push(memoryUsage.rss())
}
process.send?.(memory)

function runOnce(): void {
  try {
    session.functions.run(feeds)
  } catch (error) {
    if (kind !== 'wrong') throw error
  }
}
