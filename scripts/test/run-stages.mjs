/** @file Runs stages, goes on after a failed one, and ends with the one line that says how it went. */

/**
 * @typedef {object} StageGroup
 * @property {readonly import('./stage.mjs').Stage[]} stages
 * @property {number} atOnce how many of them run at the same time
 */

/** The exit code of a program that Ctrl+C ended. */
const interruptedExitCode = 130

/**
 * For the entry scripts: all groups after one another, the summary as the last line, and the exit code.
 *
 * @param {readonly StageGroup[]} groups
 */
export async function runAndReport(groups) {
  const interruption = new AbortController()
  const { signal } = interruption
  process.once('SIGINT', () => {
    interruption.abort()
  })
  const total = { passed: 0, failed: 0 }
  for (const { stages, atOnce } of groups) {
    const write = (/** @type {string} */ text) => process.stdout.write(text)
    const { passed, failed } = await runStages(stages, { atOnce, signal, write })
    total.passed += passed
    total.failed += failed
  }
  process.stdout.write(signal.aborted ? 'Interrupted.\n' : summaryLine(total))
  process.exitCode = signal.aborted ? interruptedExitCode : total.failed === 0 ? 0 : 1
}

/**
 * @param {readonly import('./stage.mjs').Stage[]} stages
 * @param {{ atOnce: number, signal: AbortSignal, write: (text: string) => void, now?: () => number }} options after
 *   the signal no stage is started, and what the running ones say is not counted
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runStages(stages, { atOnce, signal, write, now = Date.now }) {
  const total = { passed: 0, failed: 0 }
  const queue = [...stages]
  const next = () => (signal.aborted ? undefined : queue.shift())
  const work = async () => {
    for (let stage = next(); stage !== undefined; stage = next()) {
      const startedAt = now()
      const result = await runStage(stage, signal)
      if (signal.aborted) break
      total.passed += result.passed
      total.failed += result.failed
      write(stageReport(stage.name, result, (now() - startedAt) / 1000))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return total
}

/**
 * @param {import('./stage.mjs').Stage} stage
 * @param {AbortSignal} signal
 * @returns {Promise<import('./stage.mjs').StageResult>} a stage that throws has failed, and a stage that checked
 *   nothing too
 */
async function runStage(stage, signal) {
  try {
    const result = await stage.run(signal)
    return result.passed + result.failed > 0
      ? result
      : { ...result, failed: 1, output: `${result.output}\nNothing was checked.\n` }
  } catch (error) {
    const output = error instanceof Error ? `${error.message}\n` : String(error)
    return { passed: 0, failed: 1, output }
  }
}

/**
 * @param {string} name
 * @param {import('./stage.mjs').StageResult} result
 * @param {number} seconds
 */
export function stageReport(name, { passed, failed, output }, seconds) {
  const counts = passed + failed > 1 ? `${String(passed)} passed, ${String(failed)} failed, ` : ''
  const line = `${failed === 0 ? '✓' : '✗'} ${name} (${counts}${seconds.toFixed(1)} s)\n`
  return failed === 0 ? line : `${line}${output.trimEnd()}\n\n`
}

/** @param {{ passed: number, failed: number }} total */
export function summaryLine({ passed, failed }) {
  return `${String(passed)} passed, ${String(failed)} failed\n`
}
