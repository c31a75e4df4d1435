/** @file `npm run e2e`: set-up, then the end-to-end tests alone; arguments go on to Playwright. */
import { setUpOrExit } from './setup/run-setup.mjs'
import { runEndToEnd } from './test/end-to-end-stage.mjs'
import { stopOnInterrupt } from './test/stop-on-interrupt.mjs'

await setUpOrExit({ stream: process.stdout })
const { failed } = await runEndToEnd(process.argv.slice(2), {
  signal: stopOnInterrupt(),
  onOutput: (text) => process.stdout.write(text),
})
process.exitCode = failed === 0 ? 0 : 1
