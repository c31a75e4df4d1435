/** @file What the commands share: the terminal, the engine, and where the person's files are kept. */
import type { EngineKeeper } from '../jobs/engine-keeper'
import type { Library } from '../storage/library'
import type { Terminal } from './terminal'

export interface CommandContext {
  readonly terminal: Terminal
  readonly engines: EngineKeeper
  readonly library: Library
  /** Sets the exit code of a command that came to its end in order; without it, that is 0. */
  readonly finish: (exitCode: number) => void
}
