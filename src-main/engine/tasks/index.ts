/** @file Every task of the engine by name, as the process's host calls it. */
import type {
  EngineTaskArguments,
  EngineTaskName,
  EngineTaskResult,
} from '../../../src-shared/contract/engine-tasks'
import type { TaskEvent } from '../../../src-shared/contract/task-events'
import { diagnose } from './diagnose'
import { exportPainting } from './export-painting'
import { inspectPicture } from './inspect-picture'
import { measure } from './measure'
import { renderPicture } from './render-picture'
import { stylize } from './stylize'
import type { TaskController } from './task-control'
import { warmUp } from './warm-up'

/** Yields what it has to tell, and returns its result. Throws ImpastoError. */
export type Task<Name extends EngineTaskName> = (
  taskArguments: EngineTaskArguments<Name>,
  controller: TaskController,
) => AsyncGenerator<TaskEvent, EngineTaskResult<Name>, void>

/** A task that has nothing to tell before its result. */
function quiet<Name extends EngineTaskName>(
  work: (taskArguments: EngineTaskArguments<Name>) => Promise<EngineTaskResult<Name>>,
): Task<Name> {
  // eslint-disable-next-line require-yield -- a quiet task yields nothing, but has a task's type
  return async function* (taskArguments) {
    return await work(taskArguments)
  }
}

export const tasks: { readonly [Name in EngineTaskName]: Task<Name> } = {
  stylize,
  'warm-up': quiet<'warm-up'>(warmUp),
  measure: quiet<'measure'>(measure),
  diagnose: quiet<'diagnose'>(diagnose),
  'inspect-picture': quiet<'inspect-picture'>(inspectPicture),
  'render-picture': quiet<'render-picture'>(renderPicture),
  'export-painting': quiet<'export-painting'>(exportPainting),
}
