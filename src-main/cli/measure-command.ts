/** @file `impasto measure`: the losses of a finished picture, to compare settings and programs. */
import { resolve } from 'node:path'
import type { Command, OptionValues } from 'commander'
import { z } from 'zod'
import type { EngineTaskResult } from '../../src-shared/contract/engine-tasks'
import { checkMeasuring } from '../jobs/memory-needs'
import type { CommandContext } from './command-context'
import { requireFlags } from './required-flags'

const optionsSchema = z.object({
  image: z.string(),
  content: z.string(),
  style: z.string(),
  ignoreMemory: z.boolean().default(false),
  json: z.boolean().default(false),
})

export function addMeasureCommand(program: Command, { engines, terminal }: CommandContext): void {
  program
    .command('measure')
    .description('measure the losses of a finished picture: files as they are, nothing resized')
    .usage('--image <file> --content <photograph> --style <painting> [options]')
    .option('--image <file>', 'the picture to measure, of the size of the photograph')
    .option('--content <photograph>', 'the photograph that it was painted from')
    .option('--style <painting>', 'the painting whose style it took')
    .option('--ignore-memory', 'measure even where too little memory seems to be free')
    .option('--json', 'print one JSON object')
    .action(async (flags: OptionValues) => {
      requireFlags('measure', flags, ['image', 'content', 'style'])
      const { image, content, style, ignoreMemory, json } = optionsSchema.parse(flags)
      const pictures = { image: resolve(image), photograph: resolve(content), painting: resolve(style) }
      if (!ignoreMemory) await checkMeasuring(pictures, engines)
      const losses = await engines.engine().run('measure', pictures).result
      terminal.print(...(json ? [JSON.stringify(losses)] : lossesTable(losses)))
    })
}

function lossesTable({
  contentLoss,
  styleLoss,
  styleLayers,
}: EngineTaskResult<'measure'>): readonly string[] {
  const rows: readonly (readonly [string, number])[] = [
    ['content', contentLoss],
    ['style', styleLoss],
    ...Object.entries(styleLayers).map(([layer, loss]) => [`  ${layer}`, loss] as const),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, loss]) => `${name.padEnd(width)}  ${loss.toPrecision(6)}`)
}
