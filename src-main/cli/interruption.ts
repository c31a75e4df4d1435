/** @file What the signals of a terminal, and the loss of it, mean to a painting under way. */
import { constants } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Terminal } from './terminal'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type EndingSignal = (typeof SIGNALS)[number] | 'SIGPIPE'

/**
 * How long an engine may be silent once a cancel was asked for. Whoever ends a program waits only so long before
 * killing it, and a step that takes longer loses little: a checkpoint is written every ten seconds.
 */
const GRACE_SECONDS = 10

export interface InterruptionHandlers {
  /** Ctrl-C: end early and save the picture so far. */
  readonly stop: () => void
  /** Somebody ends the program, or nobody reads it any more: keep a checkpoint and leave. */
  readonly cancel: () => void
  /** A second signal, or a cancel that is not answered: leave at once. */
  readonly kill: () => Promise<void>
}

/** Listens from its making until `release`. */
export class Interruption {
  #first: EndingSignal | null = null
  #grace: NodeJS.Timeout | null = null
  #listening = true

  readonly #handlers: InterruptionHandlers

  constructor(terminal: Terminal, handlers: InterruptionHandlers) {
    this.#handlers = handlers
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

  /** Something came from the engine: it is not stuck, so a cancel is waited for anew. */
  heard(): void {
    this.#grace?.refresh()
  }

  release(): void {
    this.#listening = false
    if (this.#grace !== null) clearTimeout(this.#grace)
    for (const signal of SIGNALS) process.off(signal, this.#receive)
  }

  readonly #receive = (signal: EndingSignal): void => {
    if (!this.#listening) return
    if (this.#first !== null) {
      void this.#leave(signal)
      return
    }
    this.#first = signal
    if (signal === 'SIGINT') {
      this.#handlers.stop()
      return
    }
    this.#handlers.cancel()
    this.#grace = setTimeout(() => {
      void this.#leave(signal)
    }, GRACE_SECONDS * 1000)
  }

  async #leave(signal: EndingSignal): Promise<void> {
    await this.#handlers.kill()
    // What was written goes out before the process ends.
    await setImmediate()
    process.exit(exitCodeFor(signal))
  }
}

const exitCodeFor = (signal: EndingSignal): number => 128 + constants.signals[signal]
