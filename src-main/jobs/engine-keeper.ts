/** @file Keeps one engine at hand: starts it when it is first needed, and a new one when the last has died. */
import { EngineProcess, type EngineProcessOptions } from './engine-process'

export interface EngineKeeperOptions extends EngineProcessOptions {
  /** Called for each engine, the first and every later one, as soon as it listens. */
  readonly onReady?: (engine: EngineProcess) => void
}

export class EngineKeeper {
  #engine: EngineProcess | null = null

  readonly #options: EngineKeeperOptions

  constructor(options: EngineKeeperOptions) {
    this.#options = options
  }

  /** The engine that takes tasks; started now if there is none. */
  engine(): EngineProcess {
    if (this.#engine?.acceptsTasks === true) return this.#engine
    this.#engine = this.#start()
    return this.#engine
  }

  /** The engine's process, if one runs. */
  get processId(): number | null {
    return this.#engine?.alive === true ? this.#engine.processId : null
  }

  /** Asks the engine to cancel what runs and to leave, and waits for it. The next task gets a new one. */
  async shutDown(): Promise<void> {
    await this.#engine?.shutDown()
  }

  /** Ends the engine at once. What is under way fails; checkpoints stay. */
  async kill(): Promise<void> {
    await this.#engine?.kill()
  }

  #start(): EngineProcess {
    const engine = EngineProcess.start(this.#options)
    engine.ready.then(
      () => this.#options.onReady?.(engine),
      // Whoever gives it a task hears that it never became ready.
      () => undefined,
    )
    return engine
  }
}
