/** @file What the signals of a terminal, and the loss of it, mean to a painting under way. */
import { constants } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Terminal } from './terminal'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type EndingSignal = (typeof SIGNALS)[number] | 'SIGPIPE'

export interface InterruptionHandlers {
  /** Ctrl-C: end early and save the picture so far. */
  readonly stop: () => void
  /** Somebody ends the program, or nobody reads it any more: keep a checkpoint and leave. */
  readonly cancel: () => void
  /** A second signal: leave at once. */
  readonly kill: () => Promise<void>
}

/** Listens from its making until `release`. */
export class Interruption {
  #first: EndingSignal | null = null
  #listening = true

  constructor(
    terminal: Terminal,
    private readonly handlers: InterruptionHandlers,
  ) {
    for (const signal of SIGNALS) process.on(signal, this.#receive)
    // Node ignores SIGPIPE itself; the failed write says the same.
    void terminal.outputClosed.then(() => {
      this.#receive('SIGPIPE')
    })
  }

  /** The exit code that the first signal asks for (128 + its number); null where none came. */
  get exitCode(): number | null {
    return this.#first === null ? null : exitCodeFor(this.#first)
  }

  release(): void {
    this.#listening = false
    for (const signal of SIGNALS) process.off(signal, this.#receive)
  }

  readonly #receive = (signal: EndingSignal): void => {
    if (!this.#listening) return
    if (this.#first !== null) {
      void this.#leave(signal)
      return
    }
    this.#first = signal
    if (signal === 'SIGINT') this.handlers.stop()
    else this.handlers.cancel()
  }

  async #leave(signal: EndingSignal): Promise<void> {
    await this.handlers.kill()
    // What was written goes out before the process ends.
    await setImmediate()
    process.exit(exitCodeFor(signal))
  }
}

const exitCodeFor = (signal: EndingSignal): number => 128 + constants.signals[signal]
