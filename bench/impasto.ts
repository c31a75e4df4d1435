/** @file Impasto in the bench: its command line, as a person runs it. */
import { join } from 'node:path'
import { paintingEventSchema } from '../src-shared/contract/painting-events'
import { diagnosisSchema } from '../src-shared/model/diagnosis'
import { median } from './median'
import type { PreparedPair } from './peers'
import { capture, timed, type TimedRun } from './run-command'

const command = join(import.meta.dirname, '..', 'scripts', 'impasto.mjs')

/** Iterations at the start that also compile and fill caches: left out of the median, as in peer.py. */
const SETTLING_ITERATIONS = 5

/** The loss that all programs of the bench minimise. */
const LOSS = ['--content-weight', '0.01', '--style-weight', '10']
export const PLAIN = [...LOSS, '--no-coarse-to-fine', '--no-precondition']
/** One setting for all pairs; the page tells how it was chosen. */
export const TIME_TO_LOSS = [
  ...LOSS,
  ...['--no-coarse-to-fine', '--margin', '0', '--frame', '0', '--iterations', '48'],
]

export function impasto(
  python: string,
  pair: PreparedPair,
  size: number,
  output: string,
  flags: readonly string[],
): Promise<TimedRun> {
  return timed(python, [
    process.execPath,
    command,
    'stylize',
    ...['--content', pair.photograph, '--style', pair.painting, '--output', output],
    ...['--size', String(size), '--force', '--json', ...flags],
  ])
}

/** Median seconds of an iteration, from the events of a run. */
export function impastoStep({ output }: TimedRun): number {
  const times = iterations(output).map(({ seconds }) => seconds)
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  return median(steps.slice(SETTLING_ITERATIONS))
}

/** What a command takes beside its iterations from the second on: start, targets, the first of them, saving. */
export function secondsBesideIterations({ output, seconds }: TimedRun): number {
  const all = iterations(output)
  const painted = (all.at(-1)?.seconds ?? 0) - (all[0]?.seconds ?? 0)
  return seconds - painted
}

/** The versions of what a painting runs on here. */
export async function impastoVersions(): Promise<string> {
  const { node, tensorflow } = diagnosisSchema.parse(
    JSON.parse(await capture(process.execPath, [command, 'doctor', '--json'])),
  )
  return `Node ${node.version}, TensorFlow ${tensorflow?.version ?? 'of an unknown version'}`
}

function iterations(output: string): readonly { readonly seconds: number }[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => paintingEventSchema.safeParse(JSON.parse(line)).data)
    .filter((event) => event?.event === 'iteration')
}
