/**
 * @file The command line's entry: puts the parts together, runs what the arguments ask for, and leaves with the
 * exit code that says how it went.
 */
import { join } from 'node:path'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { EngineKeeper } from '../jobs/engine-keeper'
import { engineNode } from '../jobs/engine-node'
import { libraryOf } from '../storage/library'
import { projectFolder } from '../storage/project-folder'
import { commandLine, runCommandLine } from './program'
import { reportFailure } from './report-failure'
import { Terminal } from './terminal'

const flags = process.argv.slice(2)
const terminal = new Terminal()
const engines = new EngineKeeper({
  entry: join(import.meta.dirname, 'engine.js'),
  node: await engineNode(projectFolder()),
})
const program = commandLine({
  terminal,
  engines,
  library: libraryOf(process.env),
  finish: (exitCode) => {
    process.exitCode = exitCode
  },
})

try {
  await runCommandLine(program, flags)
} catch (error) {
  process.exitCode = reportFailure(reportOf(error), terminal, flags.includes('--json'))
} finally {
  await engines.shutDown()
}
