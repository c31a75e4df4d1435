/** @file `npm run check`: the checks that run nothing of the program, in under a minute. */
import { runAndReport } from './test/run-stages.mjs'
import { staticStages } from './test/static-stages.mjs'

await runAndReport([{ stages: staticStages, atOnce: 2 }])
