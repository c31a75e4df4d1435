/** @file Follows a supervised task from the terminal: progress, signals, the last words, and the exit code. */
import type { EngineTaskEvent, LongTaskName } from '../../src-shared/contract/engine-tasks'
import { reportOf } from '../../src-shared/errors/impasto-error'
import type { SupervisedTask } from '../jobs/supervised-task'
import { EXIT_CODES } from './exit-codes'
import { Interruption } from './interruption'
import { progressDisplay, type ProgressOptions } from './progress-display'
import type { LineOf } from './progress-line'
import { reportFailure } from './report-failure'
import { RunSummary } from './run-summary'
import type { Terminal } from './terminal'

export interface FollowedTask<Name extends LongTaskName> {
  readonly start: (onEvent: (event: EngineTaskEvent<Name>) => void) => SupervisedTask<Name>
  readonly lineOf: LineOf<EngineTaskEvent<Name>>
  /** Said at Ctrl-C, while what there is gets saved. */
  readonly stopping: string
  /** Done once nothing is left to do. */
  readonly onComplete: () => Promise<void>
}

/** @returns the exit code; a failure is told, not thrown */
export async function followTask<Name extends LongTaskName>(
  { start, lineOf, stopping, onComplete }: FollowedTask<Name>,
  terminal: Terminal,
  options: ProgressOptions,
): Promise<number> {
  const summary = new RunSummary()
  const display = progressDisplay(terminal, lineOf, options)
  // Before the task: a signal that comes while its engine is being started is meant for it too.
  const interruption = new Interruption(terminal, {
    stop: () => {
      display.say(stopping)
      task.control('stop')
    },
    cancel: () => {
      task.control('cancel')
    },
    kill: () => task.kill(),
  })
  const task = start((event) => {
    interruption.heard()
    summary.note(event)
    display.show(event)
  })
  try {
    const result = await task.result
    display.close()
    if (!options.json && !options.quiet) {
      const sentences = summary.resultText(result)
      if (result.output === null) terminal.tell(sentences)
      else terminal.print(sentences)
    }
    if (!result.complete) return interruption.exitCode ?? EXIT_CODES.failed.code
    await onComplete()
    return EXIT_CODES.done.code
  } catch (error) {
    display.close()
    const report = reportOf(error)
    const exitCode = reportFailure(report, terminal, options.json)
    if (summary.resumeOffer !== null) terminal.tell(summary.resumeOffer)
    return report.code === 'run-killed' ? (interruption.exitCode ?? exitCode) : exitCode
  } finally {
    interruption.release()
  }
}
