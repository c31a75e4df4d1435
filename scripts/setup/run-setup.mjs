/** @file Set-up: finds the steps that are not done, does them in order, and records each. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquireLock } from './lock.mjs'
import { endOrphans, toolMark } from './orphans.mjs'
import { checkPlatform } from './platform.mjs'
import { runProcess } from './processes.mjs'
import { createProgress, createProgressDisplay } from './progress.mjs'
import { cacheFolder, projectRoot, stateFolder } from './project.mjs'
import { readRecord, setupLogPath, writeRecord } from './record.mjs'
import { SetupError, SetupInterrupted } from './setup-error.mjs'
import { sweepStages } from './stage.mjs'
import { steps as allSteps } from './steps.mjs'

/**
 * @typedef {object} SetupOptions
 * @property {import('./progress.mjs').Output} stream where progress is shown
 * @property {readonly import('./steps.mjs').Step[]} [steps]
 * @property {string} [root]
 * @property {string} [cache]
 */

/**
 * Does whatever is not done yet; where all is done this takes some tens of milliseconds and shows nothing.
 *
 * @param {SetupOptions} options
 * @returns {Promise<import('./record.mjs').SetupRecord>}
 * @throws {SetupError | SetupInterrupted}
 */
export async function runSetup({ stream, steps = allSteps, root = projectRoot, cache = cacheFolder() }) {
  checkPlatform()
  const record = readRecord(root)
  if (pendingSteps(steps, { root, cache, record }).length > 0)
    return await doPending({ stream, steps, root, cache })
  return recordNode(root, record)
}

/**
 * From the first step that is not done on, all run: later ones build on earlier ones, and each reuses what it finds.
 *
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {Pick<import('./steps.mjs').StepContext, 'root' | 'cache' | 'record'>} context
 */
export function pendingSteps(steps, context) {
  const first = steps.findIndex((step) => !step.isDone(context))
  return first === -1 ? [] : steps.slice(first)
}

/** @param {Required<SetupOptions>} options */
async function doPending({ stream, steps, root, cache }) {
  const display = createProgressDisplay(stream)
  const interruption = new AbortController()
  const interrupt = () => {
    interruption.abort()
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const { signal } = interruption
  /** @type {(() => void) | undefined} */
  let release
  try {
    release = await acquireLock(join(stateFolder(root), 'setup.lock'), {
      signal,
      onWait: (owner) => {
        display.say(`Waiting for the set-up that process ${String(owner)} is doing.`)
      },
    })
    endOrphans(root)
    sweepStages(cache)
    let record = readRecord(root)
    const pending = pendingSteps(steps, { root, cache, record })
    const progress = createProgress(pending, (state) => {
      display.show(state)
    })
    const run = loggedRun(root, signal)
    for (const [index, step] of pending.entries()) {
      progress.start(index)
      const report = progress.report.bind(progress)
      const say = display.say.bind(display)
      const part = await step.run({ root, cache, record, signal, run, report, say })
      if (signal.aborted) throw new SetupInterrupted()
      record = { ...record, ...part }
      writeRecord(root, record)
    }
    return recordNode(root, record)
  } catch (error) {
    // A tool that was stopped looks like one that failed.
    throw signal.aborted ? new SetupInterrupted() : error
  } finally {
    display.clear()
    release?.()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

/**
 * Runs tools with their output in `.cache/setup.log`.
 *
 * @param {string} root
 * @param {AbortSignal} signal
 * @returns {import('./steps.mjs').StepContext['run']}
 */
function loggedRun(root, signal) {
  const log = setupLogPath(root)
  mkdirSync(stateFolder(root), { recursive: true })
  writeFileSync(log, '')
  return async (command, args, options = {}) => {
    appendFileSync(log, `$ ${[command, ...args].join(' ')}\n`)
    return await runProcess(command, args, {
      signal,
      ...options,
      // The log is for reading, not for a terminal.
      environment: { ...(options.environment ?? process.env), ...toolMark(root), NO_COLOR: '1' },
      onOutput: (text) => {
        appendFileSync(log, text)
        options.onOutput?.(text)
      },
    })
  }
}

/**
 * The engine runs with the Node that the user starts Impasto with.
 *
 * @param {string} root
 * @param {import('./record.mjs').SetupRecord} record
 */
function recordNode(root, record) {
  const node = { path: process.execPath, version: process.versions.node }
  if (record.node?.path === node.path && record.node.version === node.version) return record
  const updated = { ...record, node }
  writeRecord(root, updated)
  return updated
}

/**
 * For the entry scripts: set-up with its failure as one sentence and an exit code.
 *
 * @param {SetupOptions & { lastWords?: string }} options `lastWords` are written to the stream after a failure
 */
export async function setUpOrExit({ lastWords = '', ...options }) {
  try {
    return await runSetup(options)
  } catch (error) {
    if (!(error instanceof SetupInterrupted || error instanceof SetupError)) throw error
    options.stream.write(`${error.message}\n${lastWords}`)
    process.exit(error instanceof SetupInterrupted ? 130 : 1)
  }
}
