/**
 * @file The queue as the window shows it. How its pictures look has to be read from their files, which takes its time at
 * the next start: until then an entry is told with their names alone.
 */
import { errorOf } from '../../../src-shared/errors/impasto-error'
import { wholePicture, type Framing } from '../../../src-shared/model/framing'
import type { PaintingQueue, QueuedPainting } from '../../../src-shared/model/queue'
import { windowReport } from '../../ipc/window-report'
import type { JobQueue } from '../../jobs/queue/job-queue'
import type { QueueEntry } from '../../jobs/queue/queue-state'
import { readRun } from '../../storage/runs'
import type { PictureShelf } from '../pictures/picture-shelf'

type Facts = Pick<QueuedPainting, 'photograph' | 'painting' | 'savedIteration'>

export class QueueView {
  /** What was read for each entry, by its run, and how it stood then: how far it came is another thing afterwards. */
  readonly #known = new Map<string, { readonly state: QueueEntry['state']; readonly facts: Facts }>()
  /** Resolves, never rejects, when what the entries lack has been read. */
  #reading: Promise<void> = Promise.resolve()

  readonly #queue: JobQueue
  readonly #shelf: PictureShelf
  readonly #tell: (queue: PaintingQueue) => void

  constructor(queue: JobQueue, shelf: PictureShelf, tell: (queue: PaintingQueue) => void) {
    this.#queue = queue
    this.#shelf = shelf
    this.#tell = tell
  }

  /** The queue as far as it is known. */
  get current(): PaintingQueue {
    const { entries, isPaused } = this.#queue.state
    const { problem } = this.#queue
    return {
      entries: entries.map((entry) => this.#entryOf(entry)),
      isPaused,
      problem:
        problem?.kind === 'not-kept' ? { ...problem, error: windowReport(errorOf(problem.error)) } : problem,
    }
  }

  /** Tells the queue after a change, and once more when what is new in it has been read. */
  update(): void {
    this.#tell(this.current)
    this.#reading = this.#reading.then(() => this.#read())
  }

  async #read(): Promise<void> {
    const lacking = this.#queue.state.entries.filter(
      ({ job, state }) => this.#known.get(job.runId)?.state !== state,
    )
    for (const entry of lacking) {
      this.#known.set(entry.job.runId, { state: entry.state, facts: await this.#factsOf(entry) })
    }
    if (lacking.length > 0) this.#tell(this.current)
  }

  #entryOf({ job, state, error }: QueueEntry): QueuedPainting {
    const { runId, recipe, additionalIterations } = job
    const facts = this.#known.get(runId)?.facts ?? {
      photograph: { name: this.#shelf.nameOf(job.photograph.path), shown: null },
      painting: { name: this.#shelf.nameOf(job.painting.path), shown: null },
      savedIteration: 0,
    }
    const reason = error === null ? null : windowReport(errorOf(error))
    return { runId, state, error: reason, recipe, additionalIterations, ...facts }
  }

  /** What was seen once is shown on, also where its file is gone. */
  async #factsOf({ job }: QueueEntry): Promise<Facts> {
    const record = await readRun(job.folder)
    const known = this.#known.get(job.runId)?.facts
    const photograph = await this.#pictureOf(job.photograph.path, job.photograph.framing)
    const painting = await this.#pictureOf(job.painting.path, wholePicture)
    return {
      photograph: photograph.shown === null ? (known?.photograph ?? photograph) : photograph,
      painting: painting.shown === null ? (known?.painting ?? painting) : painting,
      savedIteration: record?.hasCheckpoint === true ? record.iteration : 0,
    }
  }

  async #pictureOf(path: string, framing: Framing): Promise<Facts['photograph']> {
    try {
      const { id, name } = await this.#shelf.pictureOf(path)
      return { name, shown: await this.#shelf.framed(id, framing) }
    } catch {
      return { name: this.#shelf.nameOf(path), shown: null }
    }
  }
}
