/** @file The command line as a whole: its commands, its help, and how wrong flags are told. */
import { Command, CommanderError, type Option } from 'commander'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { PROGRAM_VERSION } from '../storage/program-version'
import type { CommandContext } from './command-context'
import { addDoctorCommand } from './doctor-command'
import { EXIT_CODES } from './exit-codes'
import { addInspectCommand } from './inspect-command'
import { addMeasureCommand } from './measure-command'
import { SwitchOption } from './recipe-flags'
import { addStylizeCommand } from './stylize-command'

const EXAMPLE = `
Example:
  npx --no impasto stylize --content photograph.jpg --style painting.jpg --output painted.png`

export function commandLine(context: CommandContext): Command {
  const program = new Command('impasto')
    .description('Paints photographs in the style of paintings, on this machine.')
    .version(PROGRAM_VERSION)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ optionTerm, sortOptions: false })
    .addHelpText('after', `${EXAMPLE}\n\n${exitCodesText()}`)
  addStylizeCommand(program, context)
  addMeasureCommand(program, context)
  addInspectCommand(program, context)
  addDoctorCommand(program, context)
  return program
}

/**
 * Runs the command that `arguments_` name.
 *
 * @throws ImpastoError `usage` where the flags are not valid, and what the command throws
 */
export async function runCommandLine(program: Command, arguments_: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(arguments_, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const asked = error.code === 'commander.helpDisplayed' || error.code === 'commander.version'
    if (!asked) throw new ImpastoError('usage', { message: usageMessage(error) }, { cause: error })
  }
}

/** `error: unknown option '--siz'\n(Did you mean --size?)` as a sentence. */
function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'No command was given.'
  const text = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`
}

function optionTerm(option: Option): string {
  return option instanceof SwitchOption ? option.term : option.flags
}

function exitCodesText(): string {
  const lines = Object.values(EXIT_CODES).map(
    ({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`,
  )
  return ['Exit codes:', ...lines].join('\n')
}
