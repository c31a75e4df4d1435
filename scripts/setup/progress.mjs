/** @file How far set-up is: a weighted sum over its steps that never goes backwards, and the lines that show it. */

/**
 * @typedef {object} ProgressState
 * @property {string} title what is being done
 * @property {number} step counted from 1
 * @property {number} steps
 * @property {number} fraction of the whole, 0 to 1
 */

/**
 * @param {readonly { title: string, weight: number }[]} steps weights are seconds on a two-core machine
 * @param {(state: ProgressState) => void} onChange
 */
export function createProgress(steps, onChange) {
  const total = steps.reduce((sum, step) => sum + step.weight, 0)
  let index = 0
  let fraction = 0

  return {
    /** @param {number} step index of the step that starts */
    start(step) {
      index = step
      this.report(0)
    },
    /**
     * @param {number} done fraction of the current step, clamped to 0 … 1
     * @param {string} [title] a more exact word on what is being done
     */
    report(done, title) {
      const step = steps[index]
      if (step === undefined) return
      const before = steps.slice(0, index).reduce((sum, each) => sum + each.weight, 0)
      fraction = Math.max(fraction, (before + step.weight * Math.min(Math.max(done, 0), 1)) / total)
      onChange({ title: title ?? step.title, step: index + 1, steps: steps.length, fraction })
    },
  }
}

/** @typedef {ReturnType<typeof createProgress>} Progress */

/**
 * @typedef {object} Output standard output or standard error
 * @property {boolean} [isTTY]
 * @property {number} [columns]
 * @property {(text: string) => unknown} write
 */

/**
 * Shows progress as one live line on a terminal, and as one line a step everywhere else.
 *
 * @param {Output} stream
 * @param {() => number} [now] milliseconds
 */
export function createProgressDisplay(stream, now = Date.now) {
  const startedAt = now()
  let shownStep = 0

  return {
    /** @param {ProgressState} state */
    show(state) {
      if (stream.isTTY) {
        const line = liveLine(state, now() - startedAt).slice(0, Math.max((stream.columns ?? 80) - 1, 20))
        stream.write(`\r\u001b[2K${line}`)
      } else if (state.step !== shownStep) {
        shownStep = state.step
        stream.write(
          `Set-up ${String(state.step)}/${String(state.steps)} (${percent(state.fraction)}): ${state.title}\n`,
        )
      }
    },
    /** @param {string} sentence a line that stays */
    say(sentence) {
      stream.write(stream.isTTY ? `\r\u001b[2K${sentence}\n` : `${sentence}\n`)
    },
    clear() {
      if (stream.isTTY) stream.write('\r\u001b[2K')
    },
  }
}

/** @typedef {ReturnType<typeof createProgressDisplay>} ProgressDisplay */

const barWidth = 24

/**
 * @param {ProgressState} state
 * @param {number} elapsed milliseconds
 */
export function liveLine({ title, step, steps, fraction }, elapsed) {
  const filled = Math.round(fraction * barWidth)
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
  const left = timeLeft(fraction, elapsed)
  return `${bar} ${percent(fraction)}  ${title} (step ${String(step)} of ${String(steps)}${left ? `, ${left}` : ''})`
}

/**
 * @param {number} fraction
 * @param {number} elapsed milliseconds
 * @returns {string | undefined} nothing while it would be a guess
 */
function timeLeft(fraction, elapsed) {
  if (fraction < 0.1 || elapsed < 2000) return undefined
  const seconds = Math.ceil(((elapsed / 1000) * (1 - fraction)) / fraction)
  return seconds > 90
    ? `about ${String(Math.ceil(seconds / 60))} min left`
    : `about ${String(seconds)} s left`
}

/** @param {number} fraction */
function percent(fraction) {
  return `${String(Math.floor(fraction * 100))} %`
}
