/** @file An engine with the real host and the real TensorFlow, whose `measure` fails in the middle of a step. */
import { Graph } from '../../engine/graph/graph'
import { add } from '../../engine/graph/operations/arithmetic'
import { placeholder } from '../../engine/graph/operations/source'
import { serve } from '../../engine/host/serve'
import { openSession } from '../../engine/runtime/session/session'
import type { TaskTable } from '../../engine/tasks'

/** Numbers of an input that stays in the memory when the step fails: 64 MB. */
const LENGTH = 2 ** 24

async function failToCompute(): Promise<never> {
  const graph = new Graph()
  const left = placeholder(graph, 'left', [null])
  const right = placeholder(graph, 'right', [null])
  const session = await openSession({ run: { inputs: { left, right }, outputs: { sum: add(left, right) } } })
  try {
    session.functions.run({
      // The binding copies an array that does not begin at a round address.
      left: { shape: [LENGTH], values: new Float32Array(LENGTH + 1).fill(1).subarray(1) },
      right: { shape: [2], values: new Float32Array(2) },
    })
  } finally {
    session.dispose()
  }
  throw new Error('The step should have failed')
}

const unused = (): never => {
  throw new Error('No test asks for this task')
}

const tasks: TaskTable = {
  // eslint-disable-next-line require-yield -- a task that tells nothing
  async *measure() {
    return failToCompute()
  },
  // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- a task that tells nothing
  async *'warm-up'() {
    return { secondsPerMegapixel: 1 }
  },
  stylize: unused,
  'inspect-picture': unused,
  'render-picture': unused,
  'export-painting': unused,
  diagnose: unused,
  'inspect-network': unused,
}

serve(tasks)
