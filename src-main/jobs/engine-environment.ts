/** @file The environment of the engine process: TensorFlow reads its settings while it is loaded, so they have to stand before. */

/**
 * Variables that change how Node itself starts. They belong to whoever started us (a test runner, an editor's
 * debugger, Electron) and would load foreign code into the engine or make it wait for a debugger.
 */
const SCRUBBED = [
  'ELECTRON_RUN_AS_NODE',
  'NODE_DEBUG',
  'NODE_INSPECT_RESUME_ON_START',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_V8_COVERAGE',
] as const

const TENSORFLOW_DEFAULTS = {
  /** oneDNN's kernels: without AVX-512 they are off by default, and matter a great deal there. */
  TF_ENABLE_ONEDNN_OPTS: '1',
  /** Errors only; the engine's output is captured and shown only when it dies. */
  TF_CPP_MIN_LOG_LEVEL: '2',
  /** Take of a GPU's memory what is needed, not all of it: the desktop needs some too. */
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
} as const

/**
 * The environment for an engine: what TensorFlow should be told unless the `parent` environment says otherwise,
 * without what would change Node.
 */
export function engineEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...TENSORFLOW_DEFAULTS, ...parent }
  for (const name of SCRUBBED) environment[name] = undefined
  return environment
}
