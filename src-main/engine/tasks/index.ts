/**
 * @file Every task of the engine by name, as the process's host calls it.
 *
 * [Note: Tasks are loaded when they are asked for] An engine that only looks at pictures never loads TensorFlow, which
 * takes more memory than all the rest, so each task's module is imported with its first use.
 */
import type {
  EngineTaskArguments,
  EngineTaskEvent,
  EngineTaskName,
  EngineTaskResult,
} from '../../../src-shared/contract/engine-tasks'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { TaskController } from './task-control'

/** Yields what it has to tell, and returns its result. Throws ImpastoError. */
export type Task<Name extends EngineTaskName> = (
  taskArguments: EngineTaskArguments<Name>,
  controller: TaskController,
) => AsyncGenerator<EngineTaskEvent<Name>, EngineTaskResult<Name>, void>

export type TaskTable = { readonly [Name in EngineTaskName]: Task<Name> }

/** A task that has nothing to tell before its result, and cannot be controlled. */
type QuietTask<Name extends EngineTaskName> = (
  taskArguments: EngineTaskArguments<Name>,
) => Promise<EngineTaskResult<Name>>

function quiet<Name extends EngineTaskName>(load: () => Promise<QuietTask<Name>>): Task<Name> {
  // eslint-disable-next-line require-yield -- a quiet task yields nothing, but has a task's type
  return async function* (taskArguments) {
    const task = await available(load())
    return await task(taskArguments)
  }
}

/**
 * A module of a task, with all that it imports.
 * @throws ImpastoError `engine-unavailable` where a part of the installation is missing or cannot be loaded
 */
export async function available<Module>(module: Promise<Module>): Promise<Module> {
  try {
    return await module
  } catch (cause) {
    const [reason = ''] = String(cause instanceof Error ? cause.message : cause).split('\n')
    throw new ImpastoError('engine-unavailable', { reason }, { cause })
  }
}

export const tasks: TaskTable = {
  async *stylize(job, controller) {
    const { stylize } = await available(import('./stylize'))
    return yield* stylize(job, controller)
  },
  'warm-up': quiet(async () => (await import('./warm-up')).warmUp),
  measure: quiet(async () => (await import('./measure')).measure),
  diagnose: quiet(async () => (await import('./diagnose')).diagnose),
  'inspect-network': quiet(async () => (await import('./inspect-network')).inspectNetwork),
  'inspect-picture': quiet(async () => (await import('./inspect-picture')).inspectPicture),
  'render-picture': quiet(async () => (await import('./render-picture')).renderPicture),
  'export-painting': quiet(async () => (await import('./export-painting')).exportPainting),
}
