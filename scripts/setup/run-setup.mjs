/** @file Set-up: finds the steps that are not done, does them in order, and records each. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquireLock } from './lock.mjs'
import { checkPlatform } from './platform.mjs'
import { runProcess } from './processes.mjs'
import { createProgress, createProgressDisplay } from './progress.mjs'
import { cacheFolder, isReadableFolder, projectRoot, stateFolder } from './project.mjs'
import { readRecord, setupLogPath, writeRecord } from './record.mjs'
import { SetupError, SetupInterrupted, writeFailure } from './setup-error.mjs'
import { steps as allSteps } from './steps.mjs'

/**
 * @typedef {object} SetupOptions
 * @property {import('./progress.mjs').Output} stream where progress is shown
 * @property {readonly import('./steps.mjs').Step[]} [steps]
 * @property {string} [root]
 * @property {string} [cache] for a checkout that has none yet
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
  const context = { root, cache: cacheOf(record, cache), record }
  if (pendingSteps(steps, context).length > 0) return await doPending({ stream, steps, root, cache })
  return recordNode(root, record)
}

/**
 * A checkout keeps the cache that it was set up with: started once for another user, or with another home, it would
 * fetch everything again and turn away from what its owner has.
 *
 * @param {import('./record.mjs').SetupRecord} record
 * @param {string} cache
 */
function cacheOf(record, cache) {
  return record.cache !== undefined && isReadableFolder(record.cache) ? record.cache : cache
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
async function doPending({ stream, steps, root, cache: newCache }) {
  const display = createProgressDisplay(stream)
  const interruption = new AbortController()
  const interrupt = () => {
    interruption.abort()
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const { signal } = interruption
  /** @type {import('./lock.mjs').Lock | undefined} */
  let lock
  try {
    lock = await acquireLock(join(stateFolder(root), 'setup.lock'), {
      signal,
      onWait: (owner) => {
        display.say(`Waiting for the set-up that ${owner} is doing.`)
      },
    })
    let record = readRecord(root)
    const cache = cacheOf(record, newCache)
    record = { ...record, cache }
    const pending = pendingSteps(steps, { root, cache, record })
    const progress = createProgress(pending, (state) => {
      display.show(state)
    })
    const run = loggedRun(root, signal, lock)
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
    if (signal.aborted) throw new SetupInterrupted()
    throw writeFailure(error) ?? error
  } finally {
    display.clear()
    await lock?.release()
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

/**
 * Runs tools with their output in `.cache/setup.log`; none outlives this set-up.
 *
 * @param {string} root
 * @param {AbortSignal} signal
 * @param {import('./lock.mjs').Lock} lock
 * @returns {import('./steps.mjs').StepContext['run']}
 */
function loggedRun(root, signal, lock) {
  const log = setupLogPath(root)
  mkdirSync(stateFolder(root), { recursive: true })
  writeFileSync(log, '')
  return async (command, args, options = {}) => {
    appendFileSync(log, `$ ${[command, ...args].join(' ')}\n`)
    return await runProcess(command, args, {
      signal,
      ...options,
      // The log is for reading, not for a terminal.
      environment: { ...(options.environment ?? process.env), NO_COLOR: '1' },
      onStart: lock.guard,
      onEnd: lock.unguard,
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
  try {
    writeRecord(root, updated)
  } catch (error) {
    // Whoever may only read this checkout starts it all the same: what runs is told the Node by its environment.
    if (!writeFailure(error)) throw error
  }
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
