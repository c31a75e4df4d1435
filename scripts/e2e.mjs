/** @file `npm run e2e`: set-up, then the end-to-end tests alone, seen as they run; arguments go on to Playwright. */
import { setUpOrExit } from './setup/run-setup.mjs'
import { runEndToEnd } from './test/end-to-end-stage.mjs'

await setUpOrExit({ stream: process.stdout })
const interruption = new AbortController()
process.once('SIGINT', () => {
  interruption.abort()
})
const { failed } = await runEndToEnd(process.argv.slice(2), {
  signal: interruption.signal,
  onOutput: (text) => process.stdout.write(text),
})
process.exitCode = failed === 0 ? 0 : 1
