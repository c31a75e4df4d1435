/** @file Runs a command of the bench to its end, timed. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'

const timingSchema = z.object({ status: z.number(), seconds: z.number(), peakBytes: z.number() })

export interface TimedRun extends z.infer<typeof timingSchema> {
  /** What the command wrote on its standard output and standard error, in order. */
  readonly output: string
}

/** Threads that both sides compute with. */
export const THREADS = 2

/** The bench's own environment: TensorFlow reads the one count of threads, PyTorch the other. */
export const benchEnvironment = {
  ...process.env,
  TF_NUM_INTRAOP_THREADS: String(THREADS),
  OMP_NUM_THREADS: String(THREADS),
}

/** Runs a command and gives its standard output. @throws Error where it fails */
export async function capture(command: string, args: readonly string[]): Promise<string> {
  const { output, errors, status } = await run(command, args)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}:\n${errors}`)
  return output
}

/** Runs a command under timed.py. @throws Error where it fails */
export async function timed(python: string, command: readonly string[]): Promise<TimedRun> {
  const { output, errors } = await run(python, [join(import.meta.dirname, 'timed.py'), ...command])
  const timing = timingSchema.parse(JSON.parse(output))
  if (timing.status !== 0)
    throw new Error(`${command.join(' ')} ended with ${String(timing.status)}:\n${errors}`)
  return { ...timing, output: errors }
}

function run(
  command: string,
  args: readonly string[],
): Promise<{ output: string; errors: string; status: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: benchEnvironment, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    child.on('error', reject)
    child.on('close', (status) => {
      resolve({ output, errors, status })
    })
  })
}
