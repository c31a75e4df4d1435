/** @file The steps of set-up, in order, as data. */
import { binding } from './steps/binding.mjs'
import { build } from './steps/build.mjs'
import { electron } from './steps/electron.mjs'
import { packages } from './steps/packages.mjs'
import { tensorflow } from './steps/tensorflow.mjs'
import { tools } from './steps/tools.mjs'

/**
 * @typedef {object} StepContext
 * @property {string} root the project's folder
 * @property {string} cache the folder shared by all checkouts
 * @property {Readonly<import('./record.mjs').SetupRecord>} record what is known so far
 * @property {AbortSignal} signal the user wants to stop
 * @property {(done: number, title?: string) => void} report fraction of this step, 0 to 1
 * @property {(sentence: string) => void} say a line that stays
 * @property {(command: string, args: readonly string[], options?: StepProcessOptions) => Promise<import('./processes.mjs').ProcessResult>} run
 *   runs a tool with its output in the set-up's log; a tool that fails or is missing is for the step to judge
 */

/** @typedef {Pick<import('./processes.mjs').ProcessOptions, 'cwd' | 'environment' | 'signal' | 'onOutput'>} StepProcessOptions */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {number} weight seconds on a two-core machine
 * @property {(context: Pick<StepContext, 'root' | 'cache' | 'record'>) => boolean} isDone a quick look, without work
 * @property {(context: StepContext) => Promise<Partial<import('./record.mjs').SetupRecord>>} run makes what is missing,
 *   reusing what is there, and returns its part of the record
 */

/** @type {readonly Step[]} */
export const steps = [tools, packages, tensorflow, binding, electron, build]
