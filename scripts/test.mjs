/** @file `npm test`: set-up, then every check; the last line says how many passed and failed. */
import { setUpOrExit } from './setup/run-setup.mjs'
import { steps } from './setup/steps.mjs'
import { buildStage } from './test/build-stage.mjs'
import { endToEndStage } from './test/end-to-end-stage.mjs'
import { runStages, summaryLine } from './test/run-stages.mjs'
import { staticStages } from './test/static-stages.mjs'
import { stopOnInterrupt } from './test/stop-on-interrupt.mjs'
import { unitStage } from './test/unit-stage.mjs'

const write = (/** @type {string} */ text) => process.stdout.write(text)

// The build is a stage of its own, so that sources which do not build still get their other checks.
await setUpOrExit({
  stream: process.stdout,
  steps: steps.filter(({ name }) => name !== 'build'),
  lastWords: summaryLine({ passed: 0, failed: 1 }),
})

const signal = stopOnInterrupt()
const parallel = await runStages(staticStages, { atOnce: 2, signal, write })
const serial = await runStages([unitStage, buildStage, endToEndStage], { atOnce: 1, signal, write })
const total = { passed: parallel.passed + serial.passed, failed: parallel.failed + serial.failed }
write(summaryLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
