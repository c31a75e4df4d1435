/**
 * @file Paints a picture: the place that joins pictures, network, descent, checkpoints and result.
 *
 * It tells what it does by yielding events, and can be paused, stopped and cancelled between two iterations
 * (see [Note: One suspension point]).
 */
import { createHash } from 'node:crypto'
import type { EngineTaskResult } from '../../../src-shared/contract/engine-tasks'
import type { Notice, PaintingEvent } from '../../../src-shared/contract/painting-events'
import type { ErrorCode } from '../../../src-shared/errors/codes'
import { reportOf } from '../../../src-shared/errors/impasto-error'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { recordJob, recordProgress, type RunProgress } from '../../storage/runs'
import { encodeJpeg } from '../image/encode-image'
import type { Precision } from '../networks/vgg'
import type { Descent, Losses } from '../style/descent'
import {
  iterationsBefore,
  scheduleOf,
  totalIterations,
  type Scale,
  type Schedule,
} from '../../../src-shared/math/schedule'
import type { Pixels, StyleNetwork } from '../style/style-network'
import { precisionFor } from './precision'
import { leaseStyleNetwork } from './style-networks'
import { readCheckpoint, writeCheckpoint, type StylizeCheckpoint } from './stylize-checkpoint'
import { asImage, loadInputs, type StylizeInputs } from './stylize-inputs'
import { Pace } from './stylize-pace'
import { hashInputs, saveResult, type InputHashes } from './stylize-result'
import { lossOf, parameterCount, restoreDescent, startDescent } from './stylize-scale'
import type { Continuation, TaskController } from './task-control'

type Events<Result> = AsyncGenerator<PaintingEvent, Result, void>

/** What a scale leaves to the next one, or to the result. */
interface ScaleOutcome {
  readonly pixels: Pixels
  readonly losses: Losses
  /** Iterations done over the whole run. */
  readonly iteration: number
  readonly continuation: Continuation
}

const PREVIEW_QUALITY = 85

export class Stylization {
  readonly #job: StylizeJob
  readonly #inputs: StylizeInputs
  readonly #hashes: InputHashes
  readonly #schedule: Schedule
  readonly #precision: Precision
  readonly #checkpoint: StylizeCheckpoint | null
  readonly #total: number
  readonly #pace: Pace
  #toldUnsaved = false

  private constructor(
    job: StylizeJob,
    inputs: StylizeInputs,
    hashes: InputHashes,
    schedule: Schedule,
    precision: Precision,
    checkpoint: StylizeCheckpoint | null,
  ) {
    this.#job = job
    this.#inputs = inputs
    this.#hashes = hashes
    this.#schedule = schedule
    this.#precision = precision
    this.#checkpoint = checkpoint
    this.#total = totalIterations(schedule)
    this.#pace = new Pace(schedule, checkpoint?.position.seconds ?? 0)
  }

  /** Reads everything the run needs but the network, and writes its job down. */
  static async prepare(job: StylizeJob): Promise<Stylization> {
    const inputs = await loadInputs(job)
    const hashes = await hashInputs(job)
    const schedule = scheduleOf(inputs.photograph, job.recipe, job.additionalIterations)
    const precision = await precisionFor(job.recipe)
    const fingerprint = fingerprintOf(job, hashes, precision)
    const scales = schedule.map((scale) => ({
      iterations: scale.iterations,
      parameters: parameterCount(job, scale),
    }))
    const checkpoint = job.resume ? await readCheckpoint(job.folder, { fingerprint, scales }) : null
    await recordJob(job)
    const stylization = new Stylization(job, inputs, hashes, schedule, precision, checkpoint)
    await stylization.#record('running', stylization.#startingIteration)
    return stylization
  }

  async *paint(controller: TaskController): Events<EngineTaskResult<'stylize'>> {
    for (const event of this.#beginning()) yield event
    const lease = await leaseStyleNetwork({ ...this.#job.recipe, precision: this.#precision })
    try {
      return yield* this.#finish(yield* this.#paintScales(lease.network, controller))
    } finally {
      lease.release()
    }
  }

  async *#paintScales(network: StyleNetwork, controller: TaskController): Events<ScaleOutcome> {
    let outcome: ScaleOutcome | null = null
    for (let index = this.#checkpoint?.position.scaleIndex ?? 0; index < this.#schedule.length; index++) {
      outcome = yield* this.#paintScale(index, outcome, network, controller)
      if (outcome.continuation !== 'continue') break
    }
    if (outcome === null) throw new Error('A schedule has at least one scale')
    return outcome
  }

  *#beginning(): Generator<PaintingEvent> {
    const { photograph } = this.#inputs
    const { size } = this.#job.recipe
    const longSide = Math.max(photograph.width, photograph.height)
    yield this.#phase('load', 0)
    if (longSide < size) yield notice({ code: 'photograph-enlarged', from: longSide, to: size })
    if (this.#checkpoint !== null) yield notice({ code: 'resumed', iteration: this.#startingIteration })
  }

  /** Iterations done before this run of the task. */
  get #startingIteration(): number {
    if (this.#checkpoint === null) return 0
    const { scaleIndex, done } = this.#checkpoint.position
    return iterationsBefore(this.#schedule, scaleIndex) + done
  }

  async *#paintScale(
    index: number,
    coarser: ScaleOutcome | null,
    network: StyleNetwork,
    controller: TaskController,
  ): Events<ScaleOutcome> {
    const scale = this.#scale(index)
    const before = iterationsBefore(this.#schedule, index)
    yield this.#phase('targets', index)
    const evaluate = await lossOf(this.#job, this.#inputs, scale, network)
    const saved = this.#checkpoint?.position.scaleIndex === index ? this.#checkpoint : null
    const descent =
      saved === null
        ? await startDescent(this.#job, this.#inputs, scale, coarser?.pixels ?? null, evaluate)
        : restoreDescent(this.#job, scale, saved.descent, evaluate)
    let done = saved?.position.done ?? 0
    let continuation: Continuation = 'continue'

    yield this.#phase('paint', index)
    while (done < scale.iterations) {
      await controller.receive()
      if (controller.isPaused) {
        yield* this.#saveCheckpoint(index, done, descent, 'always')
        yield { event: 'paused', iteration: before + done }
      }
      continuation = await this.#pace.rest(controller.suspend())
      if (continuation !== 'continue') break
      this.#pace.beginIteration()
      const iteration = before + done + 1
      const { rolledBack, ...losses } = descent.advance(iteration)
      done += 1
      if (rolledBack) yield notice({ code: 'optimiser-rolled-back', iteration, optimiser: 'adam' })
      yield this.#iteration(index, done, losses)
      if (this.#job.previews && this.#pace.previewDue())
        yield await preview({ ...scale, values: descent.pixels() }, iteration)
      if (this.#pace.checkpointDue()) yield* this.#saveCheckpoint(index, done, descent, 'once')
    }

    const isLast = index === this.#schedule.length - 1
    if (isLast || continuation !== 'continue') yield* this.#saveCheckpoint(index, done, descent, 'once')
    const losses = descent.settle()
    return { pixels: { ...scale, values: descent.pixels() }, losses, iteration: before + done, continuation }
  }

  /**
   * [Note: Unsaved is not lost] A library without room is no reason to throw away hours of work whose result may go to
   * another disk: the painting goes on, and says that it is not saved, `once` or `always`.
   */
  async *#saveCheckpoint(
    scaleIndex: number,
    done: number,
    descent: Descent,
    telling: 'once' | 'always',
  ): Events<void> {
    const fingerprint = fingerprintOf(this.#job, this.#hashes, this.#precision)
    const position = { fingerprint, scaleIndex, done, seconds: this.#pace.seconds }
    const iteration = iterationsBefore(this.#schedule, scaleIndex) + done
    try {
      await this.#pace.checkpoint(writeCheckpoint(this.#job.folder, { position, descent: descent.state() }))
      await this.#record('running', iteration).catch(unlessUnwritable)
      this.#toldUnsaved = false
      yield { event: 'checkpoint', iteration }
    } catch (thrown) {
      const unsaved = unsavedNotice(thrown)
      if (telling === 'always' || !this.#toldUnsaved) yield unsaved
      this.#toldUnsaved = true
    }
  }

  async *#finish({
    pixels,
    losses,
    iteration,
    continuation,
  }: ScaleOutcome): Events<EngineTaskResult<'stylize'>> {
    const complete = iteration === this.#total
    // It stays recorded as running, so that it counts as interrupted and can be taken up again.
    if (continuation === 'cancel') return { output: null, iteration, complete }
    yield this.#phase('save', this.#schedule.length - 1)
    const { seconds } = this.#pace
    await saveResult(this.#job, this.#inputs, this.#hashes, {
      pixels,
      losses,
      iteration,
      total: this.#total,
      seconds,
      precision: this.#precision,
    })
    await this.#record(complete ? 'finished' : 'stopped', iteration).catch(unlessUnwritable)
    const output = this.#job.output.path
    yield { event: 'done', output, seconds: this.#pace.seconds, iteration, complete }
    return { output, iteration, complete }
  }

  #record(state: RunProgress['state'], iteration: number): Promise<void> {
    return recordProgress(this.#job.folder, { state, iteration, total: this.#total })
  }

  #iteration(scaleIndex: number, done: number, { contentLoss, styleLoss }: Losses): PaintingEvent {
    return {
      event: 'iteration',
      scale: scaleIndex + 1,
      scales: this.#schedule.length,
      iteration: iterationsBefore(this.#schedule, scaleIndex) + done,
      total: this.#total,
      secondsLeft: this.#pace.endIteration(scaleIndex, done),
      seconds: this.#pace.seconds,
      contentLoss,
      styleLoss,
    }
  }

  #phase(phase: 'load' | 'targets' | 'paint' | 'save', scaleIndex: number): PaintingEvent {
    const { width, height } = this.#scale(scaleIndex)
    return { event: 'phase', phase, scale: scaleIndex + 1, scales: this.#schedule.length, width, height }
  }

  #scale(index: number): Scale {
    const scale = this.#schedule[index]
    if (scale === undefined) throw new Error(`There is no scale ${String(index)}`)
    return scale
  }
}

/** A hash of everything that decides the pixels; additional iterations only lengthen the way. */
function fingerprintOf(
  { recipe, photograph }: StylizeJob,
  hashes: InputHashes,
  precision: Precision,
): string {
  return createHash('sha256')
    .update(JSON.stringify([recipe, photograph.framing, hashes, precision]))
    .digest('hex')
}

function notice(content: Notice): PaintingEvent {
  return { event: 'notice', notice: content }
}

/** What is told of a checkpoint that could not be written; throws what went wrong otherwise. */
function unsavedNotice(thrown: unknown): PaintingEvent {
  unlessUnwritable(thrown)
  const reason = reportOf(thrown).code === 'disk-full' ? 'disk-full' : 'unwritable'
  return notice({ code: 'unsaved', reason })
}

const UNWRITABLE: readonly ErrorCode[] = ['disk-full', 'output-unwritable', 'output-folder-missing']

/** Lets pass that the library takes no files (see [Note: Unsaved is not lost]). */
function unlessUnwritable(thrown: unknown): void {
  if (!UNWRITABLE.includes(reportOf(thrown).code)) throw thrown
}

async function preview(pixels: Pixels, iteration: number): Promise<PaintingEvent> {
  const { width, height } = pixels
  const jpeg = Buffer.from(await encodeJpeg(asImage(pixels), PREVIEW_QUALITY)).toString('base64')
  return { event: 'preview', iteration, width, height, jpeg }
}
