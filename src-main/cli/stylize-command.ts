/** @file `impasto stylize`: paints a photograph in the style of a painting. */
import type { Command, OptionValues } from 'commander'
import { reportOf } from '../../src-shared/errors/impasto-error'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import { StylizeRun } from '../jobs/stylize-run'
import { deleteRun } from '../storage/runs'
import type { CommandContext } from './command-context'
import { EXIT_CODES } from './exit-codes'
import { Interruption } from './interruption'
import { progressDisplay, type ProgressDisplay } from './progress-display'
import { addRecipeFlags } from './recipe-flags'
import { reportFailure } from './report-failure'
import { RunSummary } from './run-summary'
import { stylizeJob } from './stylize-job'
import { addFileFlags, addRunFlags, parseStylizeOptions, type StylizeOptions } from './stylize-options'

export function addStylizeCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('stylize')
    .description('paint a photograph in the style of a painting')
    .usage('--content <photograph> --style <painting> --output <file> [options]')
  addFileFlags(command)
  addRecipeFlags(command)
  addRunFlags(command)
  command.action(async (flags: OptionValues) => {
    context.finish(await runStylize(flags, context))
  })
}

async function runStylize(flags: OptionValues, context: CommandContext): Promise<number> {
  const options = parseStylizeOptions(flags)
  const job = await stylizeJob(options, flags, context)
  const display = progressDisplay(context.terminal, options)
  try {
    return await paint(job, options, context, display)
  } finally {
    display.close()
  }
}

async function paint(
  job: StylizeJob,
  options: StylizeOptions,
  { engines, terminal }: CommandContext,
  display: ProgressDisplay,
): Promise<number> {
  const summary = new RunSummary()
  // Before the run: a signal that comes while its engine is being started is meant for it too.
  const interruption = new Interruption(terminal, {
    stop: () => {
      display.say('Stopping after this step, to save what there is. Ctrl-C again leaves at once.')
      run.control('stop')
    },
    cancel: () => {
      run.control('cancel')
    },
    kill: () => run.kill(),
  })
  const run = StylizeRun.start(job, {
    engines,
    memory: options.ignoreMemory ? 'ignore' : 'check',
    onEvent: (event) => {
      interruption.heard()
      summary.note(event)
      display.show(event)
    },
  })
  try {
    const result = await run.result
    display.close()
    if (!options.json && !options.quiet) {
      const sentences = summary.resultText(result)
      if (result.output === null) terminal.tell(sentences)
      else terminal.print(sentences)
    }
    if (!result.complete) return interruption.exitCode ?? EXIT_CODES.failed.code
    // Nothing is left to go on with, and the checkpoint of a large painting takes gigabytes. One that cannot be
    // deleted is no failure: the picture is saved.
    await deleteRun(job.folder).catch(() => undefined)
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
