/** @file Runs the TypeScript file that is its first argument, in this process, with the project's packages at hand. */
import { runnerImport } from 'vite'

const [, , program = ''] = process.argv
const root = new URL('../../..', import.meta.url).pathname
await runnerImport(program, { root, configFile: false, logLevel: 'error' })
