/** @file The environment that TensorFlow reads while it loads; whoever starts an engine process sets it. */
import { availableParallelism } from 'node:os'

/**
 * The variables for a process that will load TensorFlow. What `parent` sets already stays as it is, so that a person
 * can try other values.
 */
export function tensorflowEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const threads = String(availableParallelism())
  const defaults = {
    /** Errors only; two lines get past this, which is why the engine's standard error is captured. */
    TF_CPP_MIN_LOG_LEVEL: '2',
    /** Off by default on processors without AVX-512, where it matters just as much. */
    TF_ENABLE_ONEDNN_OPTS: '1',
    /** TensorFlow would otherwise take a GPU's whole memory at once. */
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    TF_NUM_INTRAOP_THREADS: threads,
    TF_NUM_INTEROP_THREADS: '1',
    /** glibc keeps freed memory in a pool for each thread; one pool needs a sixth less, at the same speed. */
    MALLOC_ARENA_MAX: '1',
  }
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, parent[name] ?? value]))
}
