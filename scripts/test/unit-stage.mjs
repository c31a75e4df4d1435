/** @file The unit tests, counted one by one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../setup/project.mjs'
import { countReport, countVitest } from './count-tests.mjs'
import { runPackageCommand } from './stage.mjs'

/** @type {import('./stage.mjs').Stage} */
export const unitStage = {
  name: 'unit tests',
  run: (signal) => runUnitTests({ signal }),
}

/**
 * @param {{ signal: AbortSignal, node?: string }} options `node` runs them, by default this one
 * @returns {Promise<import('./stage.mjs').StageResult>}
 */
export async function runUnitTests(options) {
  const folder = mkdtempSync(join(tmpdir(), 'impasto-unit-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { code, output } = await runPackageCommand(projectRoot, ['vitest', 'run', ...reporters], options)
    return { ...countReport(report, code, countVitest), output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
