/**
 * @file The Nodes to try. `package.json` beside this file names their versions and its lock file their hashes, which
 * npm checks; they lie in the cache, outside the project, which depends on none of them.
 */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cachedFolder, provideFolder } from '../setup/cached-folder.mjs'
import { runProcess } from '../setup/processes.mjs'
import { cacheFolder, projectRoot } from '../setup/project.mjs'
import { npmCommand } from '../setup/steps/packages.mjs'

/**
 * @typedef {object} Node
 * @property {string} version
 * @property {string} path of its binary, once it was fetched
 */

const manifest = /** @type {{ dependencies: Record<string, string> }} */ (
  JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'))
)
const lockText = readFileSync(join(import.meta.dirname, 'package-lock.json'), 'utf8')
const folder = cachedFolder(cacheFolder(), 'node-versions', [lockText])

/** @type {readonly Node[]} */
export const nodes = Object.entries(manifest.dependencies).map(([name, specifier]) => ({
  version: specifier.slice(specifier.lastIndexOf('@') + 1),
  path: join(folder, 'node_modules', name, 'bin/node'),
}))

/** @type {import('../test/stage.mjs').Stage} */
export const fetchStage = {
  name: `fetching Node ${nodes.map(({ version }) => version).join(', ')}`,
  async run(signal) {
    let output = ''
    const say = (/** @type {string} */ sentence) => {
      output += `${sentence}\n`
    }
    await provideFolder(folder, (scratch) => install(join(scratch, 'nodes'), signal), { signal, say })
    return { passed: 1, failed: 0, output }
  },
}

/**
 * @param {string} target
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the folder
 * @throws {Error} with what npm said, where it failed
 */
async function install(target, signal) {
  mkdirSync(target)
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(join(import.meta.dirname, file), join(target, file))
  copyFileSync(join(projectRoot, '.npmrc'), join(target, '.npmrc'))
  const [command, npmArguments] = npmCommand()
  // All three are called `node`, so there can be no links to them in one folder.
  const { code, output } = await runProcess(command, [...npmArguments, 'ci', '--no-bin-links'], {
    cwd: target,
    signal,
  })
  if (code !== 0) throw new Error(output)
  return target
}
