/** @file Starts Electron on the project and passes signals on to it. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { projectRoot } from '../setup/project.mjs'
import { missingLibraries, installCommand } from '../setup/system-packages.mjs'

/** @type {readonly NodeJS.Signals[]} */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * @param {string} electron path of the binary
 * @returns {Promise<number>} exit code
 */
export async function openWindow(electron) {
  const missing = missingLibraries(electron)
  if (missing.length > 0) {
    process.stderr.write(
      `Electron needs system libraries that are not here (${missing.join(', ')}): install them (on Debian: ${installCommand()}), then start again.\n`,
    )
    return 1
  }
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.stdout.write('Running as root, so the window starts with --no-sandbox.\n')
  // A process group of its own: Ctrl+C then arrives once, from here, and not a second time from the terminal.
  const child = spawn(electron, [projectRoot, ...(isRoot ? ['--no-sandbox'] : [])], {
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, IMPASTO_NODE: process.execPath },
  })
  for (const signal of forwardedSignals) process.on(signal, () => child.kill(signal))
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}
