/** @file `impasto stylize`: paints a photograph in the style of a painting. */
import type { Command, OptionValues } from 'commander'
import { startStylizeRun } from '../jobs/stylize-run'
import { deleteRun } from '../storage/runs'
import type { CommandContext } from './command-context'
import { followTask } from './follow-task'
import { paintingLine } from './painting-line'
import { addRecipeFlags } from './recipe-flags'
import { stylizeJob } from './stylize-job'
import { addFileFlags, addRunFlags, parseStylizeOptions } from './stylize-options'

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

async function runStylize(
  flags: OptionValues,
  { engines, terminal, library }: CommandContext,
): Promise<number> {
  const options = parseStylizeOptions(flags)
  const job = await stylizeJob(options, flags, { engines, library })
  const memory = options.ignoreMemory ? 'ignore' : 'check'
  return followTask(
    {
      start: (onEvent) => startStylizeRun(job, { engines, memory, onEvent }),
      lineOf: paintingLine,
      stopping: 'Stopping after this step, to save what there is. Ctrl-C again leaves at once.',
      // Nothing is left to go on with, and the checkpoint of a large painting takes gigabytes. One that cannot be
      // deleted is no failure: the picture is saved.
      onComplete: () => deleteRun(job.folder).catch(() => undefined),
    },
    terminal,
    options,
  )
}
