/** @file The flags of `stylize` besides the recipe's, and what they must be. */
import type { Command, OptionValues } from 'commander'
import { z } from 'zod'
import { requireFlags } from './required-flags'

const optionsSchema = z.object({
  content: z.string(),
  style: z.string(),
  output: z.string(),
  initImage: z.string().optional(),
  recipe: z.string().optional(),
  force: z.boolean().default(false),
  resume: z.boolean().default(false),
  ignoreMemory: z.boolean().default(false),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
})
export type StylizeOptions = Readonly<z.infer<typeof optionsSchema>>

/** @throws ImpastoError `usage` where a file is not named */
export function parseStylizeOptions(values: OptionValues): StylizeOptions {
  requireFlags('stylize', values, ['content', 'style', 'output'])
  return optionsSchema.parse(values)
}

/** Adds the flags that name files and say how the command behaves. */
export function addFileFlags(command: Command): void {
  command
    .optionsGroup('Pictures:')
    .option('--content <photograph>', 'the photograph that is painted')
    .option('--style <painting>', 'the painting whose style it takes')
    .option('--output <file>', 'where the picture goes: .png, .jpg or .webp')
    .option('--init-image <file>', 'the image that --init image starts from')
    .option(
      '--recipe <file>',
      'a recipe, a sidecar or a painting to take the settings from; flags override it',
    )
}

export function addRunFlags(command: Command): void {
  command
    .optionsGroup('Run:')
    .option('--force', 'replace the output file if it exists')
    .option('--resume', 'go on with a run of the same arguments that was cut off')
    .option('--ignore-memory', 'paint even where too little memory seems to be free')
    .option('--json', 'report events on standard output, one JSON object a line')
    .option('--quiet', 'report nothing but what went wrong')
}
