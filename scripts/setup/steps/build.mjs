/** @file The program itself, built from the sources when they have changed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from '../fingerprint.mjs'
import { writeRecord } from '../record.mjs'
import { SetupError } from '../setup-error.mjs'

/** All that the build reads. Installed packages are covered by the lock file. */
const inputs = [
  'src-shared',
  'src-main',
  'src-renderer',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'tsconfig.renderer.json',
]

const outputs = [
  'out/main/app.js',
  'out/main/engine.js',
  'out/main/cli.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]

/** @type {import('../steps.mjs').Step} */
export const build = {
  name: 'build',
  title: 'Building Impasto',
  weight: 7,

  isDone({ root, record }) {
    return record.buildHash === hashOfInputs(root) && outputs.every((path) => existsSync(join(root, path)))
  },

  async run({ root, record, run }) {
    // An interrupted build leaves a mixed `out/`: without its hash the next set-up builds again.
    writeRecord(root, { ...record, buildHash: '' })
    const buildHash = hashOfInputs(root)
    const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
    const { code } = await run(process.execPath, [builder, 'build'], { cwd: root })
    if (code !== 0) {
      throw new SetupError(
        'The sources could not be built: mend the error named in .cache/setup.log, then start again.',
      )
    }
    return { buildHash }
  },
}

/** @param {string} root */
function hashOfInputs(root) {
  return fingerprint(root, inputs, (path) => !path.includes('.test.'))
}
