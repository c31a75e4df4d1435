/** @file `npm run check`: the checks that run nothing of the program, in under a minute. */
import { runStages, summaryLine } from './test/run-stages.mjs'
import { staticStages } from './test/static-stages.mjs'
import { stopOnInterrupt } from './test/stop-on-interrupt.mjs'

const write = (/** @type {string} */ text) => process.stdout.write(text)
const total = await runStages(staticStages, { atOnce: 2, signal: stopOnInterrupt(), write })
write(summaryLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
