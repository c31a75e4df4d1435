/** @file `impasto stylize`: paints a photograph in the style of a painting. */
import type { Command, OptionValues } from 'commander'
import type { TaskEvent } from '../../src-shared/contract/task-events'
import { formatDuration } from '../../src-shared/model/format'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import { StylizeRun, type StylizeResult } from '../jobs/stylize-run'
import { deleteRun } from '../storage/runs'
import type { CommandContext } from './command-context'
import { EXIT_CODES } from './exit-codes'
import { Interruption } from './interruption'
import { progressDisplay, type ProgressDisplay } from './progress-display'
import { addRecipeFlags } from './recipe-flags'
import { stylizeJob } from './stylize-job'
import { addFileFlags, addRunFlags, parseStylizeOptions, type StylizeOptions } from './stylize-options'
import type { Terminal } from './terminal'

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
  const summary = new Summary()
  const run = StylizeRun.start(job, {
    engines,
    memory: options.ignoreMemory ? 'ignore' : 'check',
    onEvent: (event) => {
      summary.note(event)
      display.show(event)
    },
  })
  const interruption = new Interruption(terminal, {
    stop: () => {
      display.say('Stopping after this step, to save what there is. Ctrl-C again leaves at once.')
      run.control('stop')
    },
    cancel: () => {
      run.control('cancel')
    },
    kill: () => engines.kill(),
  })
  try {
    const result = await run.result
    display.close()
    if (!options.json && !options.quiet) tellResult(result, summary, terminal)
    if (!result.complete) return interruption.exitCode ?? EXIT_CODES.failed.code
    // Nothing is left to go on with, and the checkpoint of a large painting takes a gigabyte.
    await deleteRun(job.folder)
    return EXIT_CODES.done.code
  } finally {
    interruption.release()
  }
}

/** What the result line needs of the events that have passed. */
class Summary {
  total = 0
  seconds = 0

  note(event: TaskEvent): void {
    if (event.event === 'iteration') this.total = event.total
    if (event.event === 'done') this.seconds = event.seconds
  }
}

function tellResult(
  { output, iteration, complete }: StylizeResult,
  summary: Summary,
  terminal: Terminal,
): void {
  const counted = `iteration ${String(iteration)} of ${String(summary.total)}`
  const goOn = 'The same command with --resume goes on.'
  if (output === null) terminal.tell(`Stopped at ${counted}. ${goOn}`)
  else if (complete) terminal.print(`Saved ${output} after ${formatDuration(summary.seconds)}.`)
  else terminal.print(`Saved ${output} at ${counted}. ${goOn}`)
}
