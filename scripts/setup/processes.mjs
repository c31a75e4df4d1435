/** @file Runs the tools that set-up needs (npm, pip, g++ …), keeping their output out of sight but not lost. */
import { spawn } from 'node:child_process'

/**
 * @typedef {object} ProcessResult
 * @property {number | undefined} code exit code, undefined when the program was not found or was killed
 * @property {boolean} found whether the program exists
 * @property {string} output standard output and standard error as they came
 */

/**
 * @typedef {object} ProcessOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [environment] colours are for a terminal, so they are off elsewhere
 * @property {AbortSignal} [signal] ends the process and all its children
 * @property {(processGroup: number) => void} [onStart] hears the group of the process and its children
 * @property {(processGroup: number) => void} [onEnd] the process has ended, and its output too
 * @property {(text: string) => void} [onOutput]
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProcessOptions} [options]
 * @returns {Promise<ProcessResult>} also when the program fails or is missing
 */
export function runProcess(command, args, { cwd, environment, signal, onStart, onEnd, onOutput } = {}) {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve({ code: undefined, found: true, output: '' })
      return
    }
    // A process group of its own, so that an interruption reaches the compiler's and the installer's children too.
    const child = spawn(command, args, {
      cwd,
      env: {
        ...(environment ?? process.env),
        ...(process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    if (child.pid !== undefined) onStart?.(child.pid)
    let output = ''
    const stop = () => {
      if (child.pid !== undefined) endGroup(child.pid)
    }
    signal?.addEventListener('abort', stop, { once: true })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text
        onOutput?.(text)
      })
    }
    child.once('error', (error) => {
      signal?.removeEventListener('abort', stop)
      resolve({ code: undefined, found: false, output: `${output}${error.message}\n` })
    })
    child.once('close', (code) => {
      if (child.pid !== undefined) onEnd?.(child.pid)
      signal?.removeEventListener('abort', stop)
      resolve({ code: code ?? undefined, found: true, output })
    })
  })
}

/** @param {number} processGroup */
export function endGroup(processGroup) {
  try {
    process.kill(-processGroup, 'SIGTERM')
  } catch {
    // The group has already ended by itself.
  }
}
