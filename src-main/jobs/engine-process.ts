/**
 * @file One engine process, owned: it is started, given tasks, asked to leave or killed here and nowhere else.
 *
 * [Note: The engine cannot be interrupted] A step of TensorFlow blocks the engine's JavaScript until it is done.
 * Controls are read between steps, no timer there can be trusted, and silence is no sign of death: a large step
 * may take minutes. So nothing here gives up on an engine by the clock. It ends when it is asked to and has
 * finished, when it dies, or when it is killed: at a person's second word, or by whoever has no more time to wait.
 *
 * [Note: Failed steps leak] When a step fails, TensorFlow's binding keeps the tensors that it was given; only the end
 * of the process gives their memory back. So an engine in which that may have happened takes no more tasks, lets
 * those that it has finish, and leaves.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { constants, setPriority } from 'node:os'
import {
  engineMessageSchema,
  type EngineMessage,
  type EngineRequest,
  type TaskControl,
} from '../../src-shared/contract/engine-messages'
import {
  engineTasks,
  type EngineTaskArguments,
  type EngineTaskEvent,
  type EngineTaskName,
  type EngineTaskResult,
} from '../../src-shared/contract/engine-tasks'
import type { ErrorCode } from '../../src-shared/errors/codes'
import { errorOf, ImpastoError } from '../../src-shared/errors/impasto-error'
import { assertNever } from '../../src-shared/model/assert-never'
import { engineEnvironment } from './engine-environment'
import { deathCause, engineDied, exitDetail, type EngineExit } from './engine-exit'
import { OutputTail } from './output-tail'

export interface EngineProcessOptions {
  /** Absolute path of the engine's bundled entry. */
  readonly entry: string
  /** The Node that runs it, never Electron; see engine-node.ts. */
  readonly node: string
  /** The environment to start from; by default this process's own. */
  readonly environment?: NodeJS.ProcessEnv
}

/** A task under way in the engine. */
export interface EngineTask<Name extends EngineTaskName> {
  /** Rejects with an ImpastoError: the task's own, `engine-died` or `engine-unavailable`. */
  readonly result: Promise<EngineTaskResult<Name>>
  /** Asks the task to pause, resume, stop or cancel; it answers between two steps. */
  control(control: TaskControl): void
}

export interface EngineTaskOptions<Name extends EngineTaskName> {
  readonly onEvent?: (event: EngineTaskEvent<Name>) => void
}

/**
 * Failures after which an engine is of no more use: [Note: Failed steps leak], what is unexpected may have failed
 * anywhere, a part that could not be loaded is never tried again by the same process, and [Note: Decoders do not stop].
 */
const SPENDING_FAILURES: ReadonlySet<ErrorCode> = new Set([
  'session-failed',
  'image-too-slow',
  'unexpected',
  'engine-unavailable',
])

interface PendingTask {
  readonly name: EngineTaskName
  readonly onEvent: (event: unknown) => void
  readonly finish: (result: unknown) => void
  readonly fail: (error: unknown) => void
}

export class EngineProcess {
  /** Resolves when the engine listens; rejects with `engine-unavailable` if it ended before. */
  readonly ready: Promise<void>
  /** Resolves, never rejects, when the process is gone and everything that it sent has been read. */
  readonly exited: Promise<EngineExit>

  readonly #child: ChildProcess
  readonly #output = new OutputTail()
  readonly #pending = new Map<string, PendingTask>()
  #asked = false
  #spent = false
  #exit: EngineExit | null = null

  /** Starts an engine. Returns at once; tasks may be given before it is ready. */
  static start(options: EngineProcessOptions): EngineProcess {
    return new EngineProcess(options)
  }

  private constructor(options: EngineProcessOptions) {
    this.#child = fork(options.entry, [], {
      execPath: options.node,
      execArgv: [],
      env: engineEnvironment(options.environment ?? process.env),
      serialization: 'json',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A process group of its own: Ctrl-C in the terminal is for the command line to answer. The engine leaves
      // when the channel to its parent closes, so it does not outlive it either.
      detached: true,
    })
    this.#captureOutput()
    this.#lowerPriority()
    this.exited = this.#watchExit()
    this.ready = this.#watchReady()
    this.#child.on('message', (raw) => {
      this.#receive(raw)
    })
  }

  get alive(): boolean {
    return this.#exit === null
  }

  /** Whether it is alive and stays: it was not asked to leave, and no task has failed in a way that spends it. */
  get acceptsTasks(): boolean {
    return this.alive && !this.#asked && !this.#spent
  }

  get processId(): number | null {
    return this.#child.pid ?? null
  }

  /** Starts a task. Its events arrive in order, before its result. */
  run<Name extends EngineTaskName>(
    task: Name,
    taskArguments: EngineTaskArguments<Name>,
    { onEvent = () => undefined }: EngineTaskOptions<Name> = {},
  ): EngineTask<Name> {
    const taskId = randomUUID()
    const settled = this.ready.then(() =>
      this.#start({ kind: 'start', taskId, task, arguments: taskArguments }, (event) => {
        onEvent(event as EngineTaskEvent<Name>)
      }),
    )
    return {
      result: settled.then((value) => engineTasks[task].result.parse(value) as EngineTaskResult<Name>),
      control: (control) => {
        this.#sendWhenReady({ kind: 'control', taskId, control })
      },
    }
  }

  /** Asks the engine to cancel what runs, which keeps its checkpoint, and then to leave. */
  shutDown(): Promise<EngineExit> {
    this.#asked = true
    this.#sendWhenReady({ kind: 'shut-down' })
    return this.exited
  }

  /** Ends the engine at once, in the middle of whatever it does. Checkpoints stay. */
  kill(): Promise<EngineExit> {
    this.#asked = true
    this.#child.kill('SIGKILL')
    return this.exited
  }

  #start(request: EngineRequest & { kind: 'start' }, onEvent: (event: unknown) => void): Promise<unknown> {
    return new Promise((finish, fail) => {
      if (this.#exit !== null) {
        fail(engineDied(this.#exit))
        return
      }
      this.#pending.set(request.taskId, { name: request.task, onEvent, finish, fail })
      this.#send(request)
    })
  }

  #send(request: EngineRequest): void {
    if (!this.#child.connected) return
    // A send fails only where the engine is going, which `exited` tells and which fails its tasks.
    this.#child.send(request, () => undefined)
  }

  #sendWhenReady(request: EngineRequest): void {
    // An engine that never became ready needs no request; whoever waits for it hears so from `ready`.
    this.ready.then(
      () => {
        this.#send(request)
      },
      () => undefined,
    )
  }

  #receive(raw: unknown): void {
    const message = engineMessageSchema.safeParse(raw)
    if (message.success) this.#dispatch(message.data)
    else this.#refuse(message.error)
    if (this.#spent && this.#pending.size === 0) void this.shutDown()
  }

  #dispatch(message: EngineMessage): void {
    switch (message.kind) {
      case 'ready':
        return
      case 'event':
        this.#hear(message.taskId, message.event)
        return
      case 'finished':
        this.#take(message.taskId)?.finish(message.result)
        return
      case 'failed':
        this.#spent ||= SPENDING_FAILURES.has(message.error.code)
        this.#take(message.taskId)?.fail(errorOf(message.error))
        return
      default:
        assertNever(message)
    }
  }

  #hear(taskId: string, event: unknown): void {
    const task = this.#pending.get(taskId)
    if (task === undefined) return
    const parsed = engineTasks[task.name].events.safeParse(event)
    if (parsed.success) task.onEvent(parsed.data)
    else this.#refuse(parsed.error)
  }

  /** An engine that speaks another language is of no more use. */
  #refuse({ message }: Error): void {
    this.#spent = true
    this.#failAll(new Error(`The engine sent what cannot be understood: ${message}`))
  }

  #take(taskId: string): PendingTask | undefined {
    const task = this.#pending.get(taskId)
    this.#pending.delete(taskId)
    return task
  }

  #failAll(error: Error): void {
    const tasks = [...this.#pending.values()]
    this.#pending.clear()
    for (const task of tasks) task.fail(error)
  }

  #captureOutput(): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#output.append(chunk)
      })
    }
  }

  /** Painting fills the processor for minutes; whatever else the person does with the machine goes first. */
  #lowerPriority(): void {
    if (this.#child.pid === undefined) return
    try {
      setPriority(this.#child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    } catch {
      // Gone already, or a system that forbids it: the painting is right at any priority.
    }
  }

  #watchExit(): Promise<EngineExit> {
    return new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null, lastWords: string | null): void => {
        if (this.#exit !== null) return
        const output = this.#output.text
        this.#exit = {
          cause: this.#asked ? 'asked' : deathCause(signal, output),
          detail: exitDetail(code, signal, lastWords),
          output,
        }
        this.#failAll(engineDied(this.#exit))
        resolve(this.#exit)
      }
      this.#child.once('error', (error) => {
        end(null, null, error.message)
      })
      // `close`, not `exit`: by then its output and its last messages have been read.
      this.#child.once('close', (code, signal) => {
        end(code, signal, this.#output.lastWords)
      })
    })
  }

  #watchReady(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      const listen = (raw: unknown): void => {
        const message = engineMessageSchema.safeParse(raw)
        if (!message.success || message.data.kind !== 'ready') return
        this.#child.off('message', listen)
        resolve()
      }
      this.#child.on('message', listen)
      void this.exited.then(({ detail }) => {
        reject(new ImpastoError('engine-unavailable', { reason: detail }))
      })
    })
    // A rejection that nobody waits for must not end this process.
    ready.catch(() => undefined)
    return ready
  }
}
