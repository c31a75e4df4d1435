/** @file How an engine process ended, read from what the system says of it and from its last words. */
import type { ErrorData } from '../../src-shared/errors/codes'
import { ImpastoError } from '../../src-shared/errors/impasto-error'

export type EngineDeathCause = ErrorData<'engine-died'>['cause']

export interface EngineExit {
  /** `asked` where shutDown() or kill() was called before; otherwise the cause of its death. */
  readonly cause: EngineDeathCause | 'asked'
  /** A few words for people: the signal or exit code, and the line that tells most. */
  readonly detail: string
  /** The last that the engine wrote to its standard output and error, for diagnostics. */
  readonly output: string
}

/** What native code is ended by when it goes wrong; any other signal was sent by somebody. */
const CRASH_SIGNALS: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
])

/** What the C++ library, V8 and TensorFlow write when an allocation fails; each then aborts or exits. */
const OUT_OF_MEMORY = /std::bad_alloc|heap out of memory|OOM when allocating|Cannot allocate memory/i

/**
 * Why a process died that nobody had asked to leave. The kernel ends one that has used up the memory with
 * SIGKILL and without a word, so a SIGKILL that we did not send counts as memory.
 */
export function deathCause(signal: NodeJS.Signals | null, output: string): EngineDeathCause {
  if (signal === 'SIGKILL' || OUT_OF_MEMORY.test(output)) return 'memory'
  if (signal === null || CRASH_SIGNALS.has(signal)) return 'crash'
  return 'signal'
}

/** Words for an end: `SIGSEGV`, `exit code 3: Error: …`. */
export function exitDetail(
  code: number | null,
  signal: NodeJS.Signals | null,
  lastWords: string | null,
): string {
  const how = signal ?? `exit code ${String(code)}`
  return lastWords === null ? how : `${how}: ${lastWords}`
}

/** The error that ends a task whose engine is gone. */
export function engineDied(exit: EngineExit): ImpastoError<'engine-died'> {
  const cause = exit.cause === 'asked' ? 'signal' : exit.cause
  return new ImpastoError('engine-died', { cause, detail: exit.detail, sizeThatFits: null })
}
