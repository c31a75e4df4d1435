/** @file The build, through set-up's own step, so that what was just built is not built again. */
import { readFileSync } from 'node:fs'
import { projectRoot } from '../setup/project.mjs'
import { setupLogPath } from '../setup/record.mjs'
import { runSetup } from '../setup/run-setup.mjs'
import { SetupError } from '../setup/setup-error.mjs'

/** @type {import('./stage.mjs').Stage} */
export const buildStage = {
  name: 'build',
  async run() {
    try {
      await runSetup({ stream: process.stderr })
      return { passed: 1, failed: 0, output: '' }
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      return { passed: 0, failed: 1, output: readFileSync(setupLogPath(projectRoot), 'utf8') }
    }
  },
}
