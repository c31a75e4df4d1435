/** @file `impasto doctor`: what this machine and this installation can do, as text to copy. */
import type { Command } from 'commander'
import { z } from 'zod'
import { isIntact } from '../../src-shared/model/diagnosis'
import { diagnosisText } from '../../src-shared/model/diagnosis-text'
import type { CommandContext } from './command-context'
import { EXIT_CODES } from './exit-codes'

const optionsSchema = z.object({ json: z.boolean().default(false) })

export function addDoctorCommand(
  program: Command,
  { engines, library, terminal, finish }: CommandContext,
): void {
  program
    .command('doctor')
    .description('tell the versions, the device and the state of this installation, as text to copy')
    .option('--json', 'print one JSON object')
    .action(async (flags: unknown) => {
      const { json } = optionsSchema.parse(flags)
      const diagnosis = await engines.engine().run('diagnose', { library: library.folder }).result
      terminal.print(...(json ? [JSON.stringify(diagnosis)] : diagnosisText(diagnosis).split('\n')))
      if (!isIntact(diagnosis)) finish(EXIT_CODES.engine.code)
    })
}
