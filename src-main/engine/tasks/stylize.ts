/** @file The task `stylize`: claims the run, paints it, and lets go of it whatever happens. */
import type { EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import type { PaintingEvent } from '../../../src-shared/contract/painting-events'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { lockRun } from '../../storage/run-lock'
import { checkJobOutput } from './stylize-result'
import { Stylization } from './stylization'
import type { TaskController } from './task-control'

/** @throws ImpastoError where an input, the output, the weights or the checkpoint cannot be used */
export async function* stylize(
  job: StylizeJob,
  controller: TaskController,
): AsyncGenerator<PaintingEvent, EngineTaskResult<'stylize'>, void> {
  await checkJobOutput(job)
  const lock = await lockRun(job.folder)
  try {
    const stylization = await Stylization.prepare(job)
    return yield* stylization.paint(controller)
  } finally {
    await lock.release()
  }
}
