/** @file `node scripts/setup.mjs`: everything that `npm start` and `npm test` need, and nothing else. */
import { setUpOrExit } from './setup/run-setup.mjs'

const { node, tensorflow, electron } = await setUpOrExit({ stream: process.stdout })
const parts = [
  `Node ${node?.version ?? ''}`,
  `TensorFlow ${tensorflow?.version ?? ''}`,
  `Electron ${electron?.version ?? ''}`,
]
process.stdout.write(`Impasto is set up: ${parts.join(', ')} (${electron?.origin ?? ''}).\n`)
