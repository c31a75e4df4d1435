/**
 * @file The environment of the engine process: TensorFlow reads its settings while it is loaded, so they have to
 * stand before.
 */
import { tensorflowEnvironment } from '../engine/runtime/tensorflow-environment'

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

/** The environment for an engine: the `parent`'s, with what TensorFlow needs and without what would change Node. */
export function engineEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...parent, ...tensorflowEnvironment(parent) }
  for (const name of SCRUBBED) environment[name] = undefined
  return environment
}
