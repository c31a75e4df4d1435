/** @file `impasto inspect`: the layers of a network, with what they consist of and cost. */
import { Argument, InvalidArgumentError, Option, type Command } from 'commander'
import type { z } from 'zod'
import type { LayerCosts, NetworkCosts } from '../../src-shared/model/network-costs'
import {
  networkNames,
  networkRequestSchema,
  type NetworkRequest,
} from '../../src-shared/model/network-request'
import type { CommandContext } from './command-context'

/** What ImageNet's networks were made for. */
const DEFAULT_INPUT: NetworkRequest['input'] = [224, 224, 3]
const DEFAULT_CLASSES = 1000

interface Flags extends Omit<NetworkRequest, 'name'> {
  readonly json?: boolean
}

export function addInspectCommand(program: Command, { engines, terminal }: CommandContext): void {
  const { input, classes } = networkRequestSchema.shape
  program
    .command('inspect')
    .description('tell the layers of a network: shapes, parameters, multiply-adds, receptive fields')
    .addArgument(new Argument('<name>', 'the network').choices(networkNames))
    .addOption(
      new Option('--input <size>', 'height x width x channels of its pictures')
        .default(DEFAULT_INPUT, DEFAULT_INPUT.join('x'))
        .argParser((text) => checked(input, text.split('x').map(Number), 'It is written like 224x224x3.')),
    )
    .addOption(
      new Option('--classes <number>', 'how many classes it tells apart')
        .default(DEFAULT_CLASSES)
        .argParser((text) => checked(classes, Number(text), 'It is a whole number of at least 1.')),
    )
    .option('--json', 'print one JSON object')
    .action(async (name: string, flags: Flags) => {
      const request = networkRequestSchema.parse({ name, ...flags })
      const costs = await engines.engine().run('inspect-network', request).result
      terminal.print(...(flags.json === true ? [JSON.stringify(costs)] : costsTable(costs)))
    })
}

function checked<Value>(schema: z.ZodType<Value>, given: unknown, form: string): Value {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(form)
}

const HEADINGS = ['layer', 'kind', 'output', 'parameters', 'multiply-adds', 'sees', 'counted as'] as const

function costsTable({ parameters, multiplyAdds, layers }: NetworkCosts): readonly string[] {
  const rows = [HEADINGS, ...layers.map(rowOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const frozen = parameters.total - parameters.trainable
  return [
    ...rows.map((row) =>
      row
        .map((cell, column) => aligned(cell, column, widths))
        .join('  ')
        .trimEnd(),
    ),
    '',
    `${grouped(parameters.trainable)} parameters${frozen === 0 ? '' : `, and ${grouped(frozen)} statistics`}`,
    `${grouped(multiplyAdds)} multiply-adds for one picture`,
  ]
}

function rowOf(layer: LayerCosts): readonly string[] {
  return [
    layer.name,
    layer.kind.replace('-', ' '),
    layer.outputShape.join(' × '),
    grouped(layer.parameters),
    grouped(layer.multiplyAdds),
    String(layer.receptiveField),
    layer.formula,
  ]
}

/** Numbers stand at the right of their column. */
function aligned(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0
  return column >= 3 && column <= 5 ? cell.padStart(width) : cell.padEnd(width)
}

const grouped = (value: number): string => value.toLocaleString('en-GB')
