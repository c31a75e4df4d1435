/** @file Electron's own installer, given up when its server stays silent. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createStage, folderSize } from '../stage.mjs'

const silenceLimitMilliseconds = 5_000
const pollMilliseconds = 200

/** Bytes of the downloaded archive, for the progress only. */
const archiveBytes = 110_000_000

/**
 * @param {import('../steps.mjs').StepContext} context
 * @returns {Promise<string | undefined>} the executable, or undefined when the server did not answer or refused
 */
export async function getOfficialElectron({ root, cache, run, report, signal }) {
  const folder = join(root, 'node_modules/electron')
  // The installer downloads into its temporary folder first: bytes that arrive there are the server's answer.
  const stage = createStage(cache)
  const silence = new AbortController()
  const stop = AbortSignal.any([signal, silence.signal])
  let size = 0
  let lastGrowth = Date.now()
  const timer = setInterval(() => {
    const now = folderSize(stage) + folderSize(join(folder, 'dist'))
    if (now !== size) lastGrowth = Date.now()
    size = now
    report((0.6 * size) / archiveBytes, 'Getting Electron from its own server')
    if (Date.now() - lastGrowth > silenceLimitMilliseconds) silence.abort()
  }, pollMilliseconds)
  try {
    report(0, 'Asking for the official Electron')
    const environment = { ...process.env, TMPDIR: stage }
    const { code } = await run(process.execPath, [join(folder, 'install.js')], {
      cwd: root,
      environment,
      signal: stop,
    })
    return code === 0 ? installedExecutable(folder) : undefined
  } finally {
    clearInterval(timer)
    rmSync(stage, { recursive: true, force: true })
  }
}

/**
 * The installer writes path.txt last, so a half-unpacked `dist` is not mistaken for an installed one.
 *
 * @param {string} folder
 */
function installedExecutable(folder) {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(executable) ? executable : undefined
}
