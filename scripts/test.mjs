/** @file `npm test`: set-up, then every check; the last line says how many passed and failed. */
import { setUpOrExit } from './setup/run-setup.mjs'
import { steps } from './setup/steps.mjs'
import { buildStage } from './test/build-stage.mjs'
import { endToEndStage } from './test/end-to-end-stage.mjs'
import { runAndReport, summaryLine } from './test/run-stages.mjs'
import { staticStages } from './test/static-stages.mjs'
import { unitStage } from './test/unit-stage.mjs'

await setUpOrExit({
  stream: process.stdout,
  // The build is a stage of its own, so that sources which do not build still get their other checks.
  steps: steps.filter(({ name }) => name !== 'build'),
  lastWords: summaryLine({ passed: 0, failed: 1 }),
})
await runAndReport([
  { stages: staticStages, atOnce: 2 },
  { stages: [unitStage, buildStage, endToEndStage], atOnce: 1 },
])
