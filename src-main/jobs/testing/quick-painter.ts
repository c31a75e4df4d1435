/**
 * @file An engine with the real host and the real tasks for pictures, whose `stylize` paints nothing, but claims,
 * records, checkpoints and saves as the real one does, an iteration every few milliseconds. The recipe's seed tells
 * how: see quick-painter-seeds.ts.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { PaintingEvent } from '../../../src-shared/contract/painting-events'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { serve } from '../../engine/host/serve'
import type { TaskTable } from '../../engine/tasks'
import { inspectPicture } from '../../engine/tasks/inspect-picture'
import { renderPicture } from '../../engine/tasks/render-picture'
import { checkOutput } from '../../storage/check-output'
import { lockRun } from '../../storage/run-lock'
import { checkpointPath, recordJob, recordProgress, type RunProgress } from '../../storage/runs'
import { writePicture } from '../../storage/sidecar'
import { exampleSidecar } from '../../storage/testing/examples'
import { seeds } from './quick-painter-seeds'

const ITERATION_MS = 20

const stylize: TaskTable['stylize'] = async function* (job, controller) {
  await checkOutput({ ...job.output, inputs: [job.photograph.path], runId: job.runId })
  const lock = await lockRun(job.folder)
  try {
    const total = job.recipe.iterations + job.additionalIterations
    const first = job.resume ? Number(await readFile(checkpointPath(job.folder), 'utf8')) : 0
    await recordJob(job)
    yield phase('load')
    if (job.resume) yield { event: 'notice', notice: { code: 'resumed', iteration: first } }
    yield phase('paint')
    let iteration = first
    for (;;) {
      await controller.receive()
      if (controller.isPaused) {
        yield await checkpoint(job, iteration, total)
        yield { event: 'paused', iteration }
      }
      const continuation = await controller.suspend()
      if (continuation === 'cancel') return { output: null, iteration, complete: false }
      if (continuation === 'stop' || iteration === total) {
        yield phase('save')
        if (job.recipe.seed === seeds.savesForEver) await new Promise(() => undefined)
        return await save(job, iteration, total)
      }
      await setTimeout(ITERATION_MS)
      if (job.recipe.seed === seeds.waitsAtTheFirst) continue
      if (job.recipe.seed === seeds.failsAtTheThird && iteration === 2) {
        throw new ImpastoError('optimisation-diverged', { iteration })
      }
      iteration += 1
      yield painted(iteration, total)
      yield await checkpoint(job, iteration, total)
    }
  } finally {
    await lock.release()
  }
}

const size = { width: 64, height: 64 }

function phase(name: 'load' | 'paint' | 'save'): PaintingEvent {
  return { event: 'phase', phase: name, scale: 1, scales: 1, ...size }
}

function painted(iteration: number, total: number): PaintingEvent {
  const losses = { contentLoss: 1, styleLoss: 1 }
  return { event: 'iteration', scale: 1, scales: 1, iteration, total, seconds: 1, secondsLeft: 1, ...losses }
}

/** The iteration alone is the whole state of this painter. */
async function checkpoint({ folder }: StylizeJob, iteration: number, total: number): Promise<PaintingEvent> {
  await writeFile(checkpointPath(folder), String(iteration))
  await recordProgress(folder, { state: 'running', iteration, total })
  return { event: 'checkpoint', iteration }
}

async function save(job: StylizeJob, iteration: number, total: number) {
  const { path, overwrite } = job.output
  const sidecar = { ...exampleSidecar, runId: job.runId, recipe: job.recipe, iteration, total }
  await writePicture(path, await readFile(job.photograph.path), sidecar, { replace: overwrite !== 'never' })
  const state: RunProgress['state'] = iteration === total ? 'finished' : 'stopped'
  await writeFile(checkpointPath(job.folder), String(iteration))
  await recordProgress(job.folder, { state, iteration, total })
  return { output: path, iteration, complete: iteration === total }
}

const unused = (): never => {
  throw new Error('No test asks for this task')
}

serve({
  stylize,
  // eslint-disable-next-line require-yield -- a task that tells nothing
  async *'inspect-picture'(taskArguments) {
    return inspectPicture(taskArguments)
  },
  // eslint-disable-next-line require-yield -- a task that tells nothing
  async *'render-picture'(taskArguments) {
    return renderPicture(taskArguments)
  },
  // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- a task that tells nothing
  async *'warm-up'() {
    return { secondsPerMegapixel: 2 }
  },
  measure: unused,
  'export-painting': unused,
  diagnose: unused,
  'inspect-network': unused,
})
