/** @file Whether a painting fits into the memory that is free, asked before it is begun. */
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { estimateMemory, sizeThatFits } from '../../src-shared/math/estimate'
import { framedSize } from '../../src-shared/math/framing-geometry'
import { fitLongSide, type ScaleSize } from '../../src-shared/math/scales'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import type { EngineKeeper } from './engine-keeper'
import { freeMemory, residentMemory } from './memory'

/** What a job would take of the memory. */
export class MemoryNeeds {
  private constructor(
    private readonly job: StylizeJob,
    private readonly engines: EngineKeeper,
    private readonly photograph: ScaleSize,
  ) {}

  /** Looks at the pictures of a job. @throws ImpastoError why one of them cannot be used */
  static async of(job: StylizeJob, engines: EngineKeeper): Promise<MemoryNeeds> {
    const { path, framing } = job.photograph
    const photograph = await engines.engine().run('inspect-picture', { path }).result
    return new MemoryNeeds(job, engines, framedSize(photograph, framing))
  }

  /** @throws ImpastoError `memory-too-small`, with the next size that fits */
  check(): void {
    const { width, height } = this.photograph
    const { size, styleScale } = this.job.recipe
    const needed = estimateMemory([fitLongSide(width, height, size)], styleScale)
    // An engine that is warm holds already a part of what the estimate counts.
    const engineId = this.engines.processId
    const free = freeMemory() + (engineId === null ? 0 : residentMemory(engineId))
    if (needed <= free) return
    throw new ImpastoError('memory-too-small', { needed, free, sizeThatFits: this.#sizeThatFits(size, free) })
  }

  /** The largest size, at most `largest`, that fits into what is free now; null where none does. */
  sizeThatFits(largest: number): number | null {
    return this.#sizeThatFits(largest, freeMemory())
  }

  #sizeThatFits(largest: number, free: number): number | null {
    return sizeThatFits(this.photograph, this.job.recipe.styleScale, largest, free)
  }
}
