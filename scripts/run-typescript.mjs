/**
 * @file Runs a TypeScript program of the project, which is set up first: `node scripts/run-typescript.mjs FILE ARGUMENTS`.
 *
 * Node 20 cannot read TypeScript; Vite, which builds the project anyway, can.
 */
import { resolve } from 'node:path'
import { projectRoot } from './setup/project.mjs'
import { setUpOrExit } from './setup/run-setup.mjs'

const [file, ...args] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('Name the TypeScript file to run.\n')
  process.exit(2)
}
const path = resolve(file)
await setUpOrExit({ stream: process.stderr })
process.argv = [process.execPath, path, ...args]
const { runnerImport } = await import('vite')
await runnerImport(path, { root: projectRoot, configFile: false, logLevel: 'error' })
