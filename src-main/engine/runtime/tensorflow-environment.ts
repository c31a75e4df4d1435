/** @file The environment that TensorFlow reads while it loads; whoever starts an engine process sets it. */
import { availableParallelism } from 'node:os'

type Environment = Readonly<Record<string, string | undefined>>

/** More threads than this for each core are a mistake: they only wait for one another. */
const MOST_THREADS_PER_CORE = 4

/**
 * The variables for a process that will load TensorFlow. What `parent` sets already stays as it is where it can be
 * used, so that a person can try other values.
 */
export function tensorflowEnvironment(parent: Environment): Readonly<Record<string, string>> {
  const defaults = {
    /** Errors only; two lines get past this, which is why the engine's standard error is captured. */
    TF_CPP_MIN_LOG_LEVEL: '2',
    /** Off by default on processors without AVX-512, where it matters just as much. */
    TF_ENABLE_ONEDNN_OPTS: '1',
    /** TensorFlow would otherwise take a GPU's whole memory at once. */
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    /** glibc keeps freed memory in a pool for each thread; one pool needs a sixth less, at the same speed. */
    MALLOC_ARENA_MAX: '1',
  }
  return {
    ...Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, parent[name] ?? value])),
    TF_NUM_INTRAOP_THREADS: String(threadCount(parent)),
    TF_NUM_INTEROP_THREADS: String(chosenThreads(parent.TF_NUM_INTEROP_THREADS) ?? 1),
  }
}

/**
 * The threads that TensorFlow uses within one operation: `TF_NUM_INTRAOP_THREADS`, else one for each core. A process
 * that `tensorflowEnvironment` was made for finds there what it computes with.
 */
export function threadCount(environment: Environment): number {
  return chosenThreads(environment.TF_NUM_INTRAOP_THREADS) ?? availableParallelism()
}

/** A whole number from 1 to four for each core; null for anything else, which counts as not set. */
function chosenThreads(value: string | undefined): number | null {
  const threads = /^[1-9]\d*$/.test(value ?? '') ? Number(value) : Infinity
  return threads <= MOST_THREADS_PER_CORE * availableParallelism() ? threads : null
}
