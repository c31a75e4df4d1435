/** @file Requests in, tasks run, messages out. */
import {
  engineRequestSchema,
  type EngineMessage,
  type EngineRequest,
} from '../../../src-shared/contract/engine-messages'
import {
  engineTasks,
  type EngineTaskArguments,
  type EngineTaskName,
} from '../../../src-shared/contract/engine-tasks'
import { reportOf } from '../../../src-shared/errors/impasto-error'
import { assertNever } from '../../../src-shared/model/assert-never'
import type { Task, TaskTable } from '../tasks'
import { TaskController } from '../tasks/task-control'

type StartRequest = Extract<EngineRequest, { kind: 'start' }>

export class Host {
  readonly #controllers = new Map<string, TaskController>()
  #leaving = false
  #lastSent: Promise<void> = Promise.resolve()

  readonly #tasks: TaskTable
  readonly #channel: (message: EngineMessage) => Promise<void>

  /** @param channel resolves when a message has left this process, or cannot: there is nobody to hear it */
  constructor(tasks: TaskTable, channel: (message: EngineMessage) => Promise<void>) {
    this.#tasks = tasks
    this.#channel = channel
  }

  announce(): void {
    this.#send({ kind: 'ready', processId: process.pid })
  }

  /** A message from the parent. What does not fit the contract is a bug of ours, so it throws. */
  receive(message: unknown): void {
    const request = engineRequestSchema.parse(message)
    switch (request.kind) {
      case 'start':
        void this.#start(request)
        break
      case 'control':
        this.#controllers.get(request.taskId)?.control(request.control)
        break
      case 'shut-down':
        this.shutDown()
        break
      default:
        assertNever(request)
    }
  }

  /** Ends what runs, keeping its checkpoint, and leaves the process after it. */
  shutDown(): void {
    this.#leaving = true
    for (const controller of this.#controllers.values()) controller.control('cancel')
    void this.#leaveWhenIdle()
  }

  /**
   * The parent is gone. What listens is cancelled, which keeps its checkpoint; what does not listen, or not yet, may
   * never end (a picture that hangs its decoder), and nobody waits for it any more.
   */
  abandon(): void {
    for (const [taskId, { isListening }] of this.#controllers) {
      if (!isListening) this.#controllers.delete(taskId)
    }
    this.shutDown()
  }

  async #start({ taskId, task, arguments: taskArguments }: StartRequest): Promise<void> {
    const controller = new TaskController()
    this.#controllers.set(taskId, controller)
    try {
      const result = await this.#run(taskId, task, taskArguments, controller)
      this.#send({ kind: 'finished', taskId, result })
    } catch (thrown) {
      this.#send({ kind: 'failed', taskId, error: reportOf(thrown) })
    } finally {
      this.#controllers.delete(taskId)
      void this.#leaveWhenIdle()
    }
  }

  async #run(
    taskId: string,
    name: EngineTaskName,
    taskArguments: unknown,
    controller: TaskController,
  ): Promise<unknown> {
    const progress = startTask(this.#tasks, name, taskArguments, controller)
    for (;;) {
      const step = await progress.next()
      if (step.done === true) return step.value
      this.#send({ kind: 'event', taskId, event: step.value })
    }
  }

  #send(message: EngineMessage): void {
    this.#lastSent = this.#channel(message)
  }

  async #leaveWhenIdle(): Promise<void> {
    if (!this.#leaving || this.#controllers.size > 0) return
    await this.#lastSent
    // Leaving in order waits for every thread, also for one that decodes (see [Note: Decoders do not stop]).
    process.kill(process.pid, 'SIGKILL')
  }
}

/** Joins a task with the arguments that its own schema let through; the types of both hang on the same name. */
function startTask(
  tasks: TaskTable,
  name: EngineTaskName,
  taskArguments: unknown,
  controller: TaskController,
): ReturnType<Task<EngineTaskName>> {
  const task = tasks[name] as Task<EngineTaskName>
  const parsed: EngineTaskArguments<EngineTaskName> = engineTasks[name].arguments.parse(taskArguments)
  return task(parsed, controller)
}
