/** @file Electron's own installer, given up when its server stays silent. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { folderSize, withScratchFolder } from '../cached-folder.mjs'
import { takeInventory } from '../inventory.mjs'

const silenceLimitMilliseconds = 5_000
const pollMilliseconds = 200

/** Bytes of the downloaded archive, for the progress only. */
const archiveBytes = 110_000_000

/**
 * @param {import('../steps.mjs').StepContext} context
 * @returns {Promise<{ folder: string, path: string, files: import('../inventory.mjs').Inventory } | undefined>} undefined
 *   when the server did not answer or refused
 */
export async function getOfficialElectron(context) {
  const packageFolder = join(context.root, 'node_modules/electron')
  const folder = join(packageFolder, 'dist')
  // The installer leaves alone what it finds, altered or not.
  rmSync(folder, { recursive: true, force: true })
  // It downloads into its temporary folder first.
  const installed = await withScratchFolder(context.cache, context, (scratch) =>
    install(packageFolder, folder, scratch, context),
  )
  const path = installed ? installedExecutable(packageFolder) : undefined
  return path === undefined ? undefined : { folder, path, files: await takeInventory(folder) }
}

/**
 * @param {string} packageFolder
 * @param {string} folder that the installer fills
 * @param {string} scratch
 * @param {import('../steps.mjs').StepContext} context
 * @returns {Promise<boolean>} whether the installer went well
 */
async function install(packageFolder, folder, scratch, { root, run, report, signal }) {
  const silence = new AbortController()
  let size = 0
  let lastGrowth = Date.now()
  // Bytes that arrive are the server's answer.
  const timer = setInterval(() => {
    const now = folderSize(scratch) + folderSize(folder)
    if (now !== size) lastGrowth = Date.now()
    size = now
    report((0.6 * size) / archiveBytes, 'Getting Electron from its own server')
    if (Date.now() - lastGrowth > silenceLimitMilliseconds) silence.abort()
  }, pollMilliseconds)
  try {
    report(0, 'Asking for the official Electron')
    const { code } = await run(process.execPath, [join(packageFolder, 'install.js')], {
      cwd: root,
      environment: { ...process.env, TMPDIR: scratch },
      signal: AbortSignal.any([signal, silence.signal]),
    })
    return code === 0
  } finally {
    clearInterval(timer)
  }
}

/**
 * The installer writes path.txt last, so a half-unpacked `dist` is not mistaken for an installed one.
 *
 * @param {string} packageFolder
 */
function installedExecutable(packageFolder) {
  const pathFile = join(packageFolder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const executable = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(executable) ? executable : undefined
}
