/** @file Readies the painting engine when the program starts and measures how fast this machine paints. */
import type { EngineStatus } from '../../../src-shared/contract/window-contract'
import { reportOf } from '../../../src-shared/errors/impasto-error'
import { withoutFolders } from '../../ipc/window-report'
import type { EngineKeeper } from '../../jobs/engine-keeper'

export interface EngineWarmUpOptions {
  readonly painter: EngineKeeper
  /** What was measured at an earlier start; estimates use it until this one is measured. */
  readonly rememberedSecondsPerMegapixel: number | null
  readonly onChange: (status: EngineStatus) => void
}

export class EngineWarmUp {
  #status: EngineStatus

  readonly #options: EngineWarmUpOptions

  constructor(options: EngineWarmUpOptions) {
    this.#options = options
    this.#status = {
      state: 'starting',
      secondsPerMegapixel: options.rememberedSecondsPerMegapixel,
      error: null,
    }
  }

  get status(): EngineStatus {
    return this.#status
  }

  /** Never rejects: an engine that does not start is a status too. */
  async run(): Promise<void> {
    const engine = this.#options.painter.engine()
    try {
      this.#change({ state: 'starting', error: null })
      await engine.ready
      this.#change({ state: 'measuring' })
      const { secondsPerMegapixel } = await engine.run('warm-up', {}).result
      this.#change({ state: 'ready', secondsPerMegapixel })
    } catch (thrown) {
      this.#change({ state: 'unavailable', error: withoutFolders(reportOf(thrown)) })
    }
  }

  /** A painting has painted: whatever was wrong with the engine before is over. */
  notePainting(): void {
    if (this.#status.state === 'unavailable') this.#change({ state: 'ready', error: null })
  }

  #change(changes: Partial<EngineStatus>): void {
    this.#status = { ...this.#status, ...changes }
    this.#options.onChange(this.#status)
  }
}
