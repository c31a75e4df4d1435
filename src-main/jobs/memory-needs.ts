/** @file Whether what is asked for fits into the memory that is free, asked before it is begun. */
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import type { EngineTaskArguments } from '../../src-shared/contract/engine-tasks'
import {
  estimateMeasuring,
  estimatePainting,
  sizeThatFits,
  type PaintingPlan,
} from '../../src-shared/math/estimate'
import { framedSize } from '../../src-shared/math/framing-geometry'
import type { Picture } from '../../src-shared/model/picture'
import type { StylizeJob } from '../../src-shared/model/stylize-job'
import type { EngineKeeper } from './engine-keeper'
import { freeMemory, residentMemory } from './memory'

/** What a job would take of the memory. */
export class MemoryNeeds {
  readonly #plan: PaintingPlan
  readonly #engines: EngineKeeper

  private constructor(plan: PaintingPlan, engines: EngineKeeper) {
    this.#plan = plan
    this.#engines = engines
  }

  /** Looks at the pictures of a job. @throws ImpastoError why one of them cannot be used */
  static async of(
    { photograph: { path, framing }, painting, initialImage, recipe }: StylizeJob,
    engines: EngineKeeper,
  ): Promise<MemoryNeeds> {
    const photograph = await inspect(path, engines)
    const style = await inspect(painting.path, engines)
    const start = initialImage === null ? [] : [await inspect(initialImage, engines)]
    const files = [photograph, style, ...start]
    return new MemoryNeeds(
      { photograph: framedSize(photograph, framing), painting: style, files, recipe },
      engines,
    )
  }

  /** @throws ImpastoError `memory-too-small`, with the next size that fits */
  check(): void {
    const needed = estimatePainting(this.#plan)
    const free = freeFor(this.#engines)
    if (needed <= free) return
    const next = sizeThatFits(this.#plan, this.#plan.recipe.size, free)
    throw new ImpastoError('memory-too-small', { needed, free, sizeThatFits: next })
  }

  /** The largest size, at most `largest`, that fits into what is free now; null where none does. */
  sizeThatFits(largest: number): number | null {
    return sizeThatFits(this.#plan, largest, freeMemory())
  }
}

/**
 * Refuses to measure pictures that need more memory than is free: their files are taken as they are.
 *
 * @throws ImpastoError `measuring-too-large`, and why one of them cannot be used
 */
export async function checkMeasuring(
  { image, photograph, painting }: EngineTaskArguments<'measure'>,
  engines: EngineKeeper,
): Promise<void> {
  const picture = await inspect(image, engines)
  const content = await inspect(photograph, engines)
  const style = await inspect(painting, engines)
  const needed = estimateMeasuring(picture, style, [picture, content, style])
  const free = freeFor(engines)
  if (needed > free) throw new ImpastoError('measuring-too-large', { needed, free })
}

function inspect(path: string, engines: EngineKeeper): Promise<Picture> {
  return engines.engine().run('inspect-picture', { path }).result
}

/** An engine that is warm holds already a part of what an estimate counts. */
function freeFor({ processId }: EngineKeeper): number {
  return freeMemory() + (processId === null ? 0 : residentMemory(processId))
}
