/**
 * @file The queue on the disk: <library>/queue/queue.json. It belongs to the process that holds the lock beside it
 * (run-lock.ts, [Note: Whose process]): another one on the same library has a queue of its own in memory alone, which
 * ends with it, and says so. Nobody has to decide whose order counts, and no job is begun twice.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { ImpastoError, reportOf } from '../../../src-shared/errors/impasto-error'
import type { QueueProblem } from '../../../src-shared/model/queue'
import { readJsonFile, writeJsonFile } from '../../storage/json-file'
import { lockRun, type RunLock } from '../../storage/run-lock'
import { setAside } from '../../storage/set-aside'
import { sweepStagedFiles } from '../../storage/write-atomically'
import { emptyQueue, queueEntrySchema, type QueueState } from './queue-state'

/** Raised when a queue.json can no longer be read by the programs before. */
const QUEUE_VERSION = 1

const versionSchema = z.object({ version: z.int().min(1) })
const queueFileSchema = z.strictObject({
  version: z.literal(QUEUE_VERSION),
  isPaused: z.boolean(),
  entries: z.array(queueEntrySchema),
})

export interface OpenedQueueFile {
  readonly file: QueueFile
  /** What was kept; an empty queue where nothing was, or cannot be used. */
  readonly kept: QueueState
  readonly problem: QueueProblem | null
}

export class QueueFile {
  #written: Promise<QueueProblem | null> = Promise.resolve(null)

  readonly #path: string
  /** Null where the queue on the disk is not ours to write. */
  readonly #lock: RunLock | null

  private constructor(path: string, lock: RunLock | null) {
    this.#path = path
    this.#lock = lock
  }

  /** Whether the kept queue is ours. */
  get isOurs(): boolean {
    return this.#lock !== null
  }

  /** Claims the queue of a library. Never rejects: a queue that cannot be kept is one all the same. */
  static async open(folder: string): Promise<OpenedQueueFile> {
    const path = join(folder, 'queue.json')
    let lock: RunLock
    try {
      lock = await lockRun(folder)
    } catch (thrown) {
      return { file: new QueueFile(path, null), kept: emptyQueue, problem: lockProblem(thrown) }
    }
    const { kept, problem, isUsable } = await read(path)
    if (isUsable) {
      await sweepStagedFiles(folder)
      return { file: new QueueFile(path, lock), kept, problem }
    }
    await lock.release()
    return { file: new QueueFile(path, null), kept, problem }
  }

  /** Writes the queue after what was written before, and tells why it could not. Never rejects. */
  write({ entries, isPaused }: QueueState): Promise<QueueProblem | null> {
    if (this.#lock === null) return Promise.resolve(null)
    const content = { version: QUEUE_VERSION, isPaused, entries }
    this.#written = this.#written.then(() =>
      writeJsonFile(this.#path, content).then(
        () => null,
        (thrown: unknown) => ({ kind: 'not-kept', error: reportOf(thrown) }) as const,
      ),
    )
    return this.#written
  }

  /** Lets go of the queue once what is to be written is. */
  async close(): Promise<void> {
    await this.#written
    await this.#lock?.release()
  }
}

interface ReadQueue {
  readonly kept: QueueState
  readonly problem: QueueProblem | null
  /** False where what lies there has to stay as it is. */
  readonly isUsable: boolean
}

async function read(path: string): Promise<ReadQueue> {
  try {
    const found = await readJsonFile(path, queueFileSchema)
    if (found !== null) return { kept: found, problem: null, isUsable: true }
    const version = (await readJsonFile(path, versionSchema))?.version ?? QUEUE_VERSION
    if (version > QUEUE_VERSION) return { kept: emptyQueue, problem: { kind: 'newer' }, isUsable: false }
    const name = await setAside(path)
    const problem = name === null ? null : ({ kind: 'set-aside', name } as const)
    return { kept: emptyQueue, problem, isUsable: true }
  } catch (thrown) {
    return { kept: emptyQueue, problem: { kind: 'not-kept', error: reportOf(thrown) }, isUsable: false }
  }
}

function lockProblem(thrown: unknown): QueueProblem {
  const isHeld =
    thrown instanceof ImpastoError && (thrown.code === 'run-busy' || thrown.code === 'run-busy-elsewhere')
  return isHeld ? { kind: 'held' } : { kind: 'not-kept', error: reportOf(thrown) }
}
