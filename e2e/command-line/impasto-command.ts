/** @file Runs the real command line, and finds the engine that it started. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { paintingEventSchema, type PaintingEvent } from '../../src-shared/contract/painting-events'

const COMMAND = join(import.meta.dirname, '../../out/main/cli.js')

export interface CommandOptions {
  /** On top of the environment of the tests; the library should always be one of the test's own. */
  readonly environment: NodeJS.ProcessEnv
  /** The built command; by default this checkout's. */
  readonly command?: string
  /** Called for each event of a run with --json. */
  readonly onEvent?: (event: PaintingEvent, command: RunningCommand) => void
}

export interface CommandResult {
  /** 128 + the signal's number where a signal ended it. */
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

export class RunningCommand {
  readonly result: Promise<CommandResult>
  readonly #child: ChildProcess

  constructor(arguments_: readonly string[], { environment, command = COMMAND, onEvent }: CommandOptions) {
    this.#child = spawn(process.execPath, [command, ...arguments_], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: string[] = []
    const errors: string[] = []
    const { stdout, stderr } = this.#child
    if (stdout === null || stderr === null) throw new Error('The pipes were asked for')
    createInterface(stdout).on('line', (line) => {
      output.push(line)
      const event = onEvent === undefined ? undefined : eventOf(line)
      if (event !== undefined) onEvent?.(event, this)
    })
    stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk))
    this.result = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        resolve({ code, output: output.join('\n'), errors: errors.join('') })
      })
    })
  }

  get processId(): number {
    return this.#child.pid ?? 0
  }

  /** Sends a signal to the command alone, as a terminal or a person would. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Stops reading its standard output, as `| head` does. */
  closeOutput(): void {
    this.#child.stdout?.destroy()
  }

  get hasEngine(): boolean {
    return childrenOf(this.processId).length > 0
  }

  /** The process of the engine that the command has started. */
  get engineId(): number {
    const [engine] = childrenOf(this.processId)
    if (engine === undefined) throw new Error('The command has no engine')
    return engine
  }
}

/** Runs a command to its end. */
export function impasto(arguments_: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new RunningCommand(arguments_, options).result
}

export function isAlive(processId: number): boolean {
  return statusOf(processId) !== null
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statusOf(Number(name))?.parent === parent)
    .map(Number)
}

/** Of a process that has not ended: the third and fourth field of proc(5)'s stat, after the bracketed name. */
function statusOf(processId: number): { readonly parent: number } | null {
  try {
    const text = readFileSync(`/proc/${String(processId)}/stat`, 'utf8')
    const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? null : { parent: Number(parent) }
  } catch {
    return null
  }
}

function eventOf(line: string): PaintingEvent | undefined {
  return paintingEventSchema.safeParse(JSON.parse(line)).data
}
