/** @file `npm run node-versions`: the unit tests and a painting with each Node that Impasto promises to run on. */
import { fetchStage, nodes } from './node-versions/nodes.mjs'
import { stagesWith } from './node-versions/stages.mjs'
import { setUpOrExit } from './setup/run-setup.mjs'
import { runAndReport } from './test/run-stages.mjs'

await setUpOrExit({ stream: process.stdout })
await runAndReport([
  { stages: [fetchStage], atOnce: 1 },
  { stages: nodes.flatMap(stagesWith), atOnce: 1 },
])
