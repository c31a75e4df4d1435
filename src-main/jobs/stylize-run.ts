/** @file A painting as a supervised task: what it needs before it begins, how it resumes, and when it gives up. */
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import { MemoryNeeds } from './memory-needs'
import {
  SupervisedTask,
  type SupervisionOptions,
  type SupervisionPolicy,
  type TaskAttempt,
} from './supervised-task'

export type StylizeRun = SupervisedTask<'stylize'>

export interface StylizeRunOptions extends SupervisionOptions<'stylize'> {
  /** `check` refuses a painting that needs more memory than is free. */
  readonly memory: 'check' | 'ignore'
}

/** After a death for want of memory the next size to try is at most this part of the size that failed. */
const SMALLER = 0.75

export function startStylizeRun(job: StylizeJob, { memory, ...options }: StylizeRunOptions): StylizeRun {
  return SupervisedTask.start(stylizePolicy(job, memory), options)
}

function stylizePolicy(job: StylizeJob, memory: 'check' | 'ignore'): SupervisionPolicy<'stylize'> {
  let needs: MemoryNeeds | null = null
  return {
    task: 'stylize',
    prepare: async (engines) => {
      needs = await MemoryNeeds.of(job, engines)
      if (memory === 'check') needs.check()
    },
    argumentsFor: (attempt) => jobFor(job, attempt),
    iteratesFrom: (event) => event.event === 'phase' && event.phase === 'paint',
    cancelled: (checkpoint) => ({ output: null, iteration: checkpoint ?? 0, complete: false }),
    gaveUp: ({ data }) => {
      const smaller = Math.floor(job.recipe.size * SMALLER)
      return new ImpastoError('engine-died', { ...data, sizeThatFits: needs?.sizeThatFits(smaller) ?? null })
    },
  }
}

/** The job for the next engine. One that died may have saved the picture as its last act: it can be replaced. */
function jobFor(job: StylizeJob, { restarted, checkpoint }: TaskAttempt): StylizeJob {
  if (!restarted) return job
  const { output, resume } = job
  const overwrite = output.overwrite === 'never' ? 'same-run' : output.overwrite
  return { ...job, output: { ...output, overwrite }, resume: resume || checkpoint !== null }
}
