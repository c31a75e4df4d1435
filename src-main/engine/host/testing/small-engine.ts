/**
 * @file An engine with the real host and small tasks: `stylize` iterates until it is told otherwise, and writes down
 * how it ended; `inspect-picture` never ends and keeps a thread of native code busy, as a picture does that hangs its
 * decoder. A painting that is resumed hangs in the same way before it iterates.
 */
import { pbkdf2 } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { TaskTable } from '../../tasks'
import { serve } from '../serve'

/** Hours of work. */
const ENDLESS = 2 ** 31 - 1

async function hang(): Promise<never> {
  pbkdf2('password', 'salt', ENDLESS, 64, 'sha512', () => undefined)
  return new Promise(() => undefined)
}

const unused = (): never => {
  throw new Error('No test asks for this task')
}

const tasks: TaskTable = {
  async *stylize(job, controller) {
    yield { event: 'phase', phase: 'load', scale: 1, scales: 1, width: 1, height: 1 }
    if (job.resume) await hang()
    for (let iteration = 1; ; iteration += 1) {
      await controller.receive()
      const continuation = await controller.suspend()
      if (continuation !== 'continue') {
        writeFileSync(join(job.folder, 'end.txt'), continuation)
        return { output: null, iteration, complete: false }
      }
      yield { event: 'checkpoint', iteration }
      await setTimeout(20)
    }
  },
  // eslint-disable-next-line require-yield -- a task that tells nothing
  async *'inspect-picture'() {
    return hang()
  },
  'render-picture': unused,
  'export-painting': unused,
  'warm-up': unused,
  measure: unused,
  diagnose: unused,
  'inspect-network': unused,
}

serve(tasks)
