/** @file The end-to-end tests: real Electron on a virtual display that is started for them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProcess } from '../setup/processes.mjs'
import { projectRoot } from '../setup/project.mjs'
import { readRecord } from '../setup/record.mjs'
import {
  canInstall,
  hasVirtualDisplay,
  installCommand,
  missingLibraries,
  packageNames,
} from '../setup/system-packages.mjs'
import { countPlaywright, countReport } from './count-tests.mjs'

const screen = '-screen 0 1600x1000x24'

/** @type {import('./stage.mjs').Stage} */
export const endToEndStage = {
  name: 'end-to-end tests',
  run: (signal) => runEndToEnd([], { signal }),
}

/**
 * @param {readonly string[]} args for Playwright: files, `--grep` …
 * @param {{ signal: AbortSignal, onOutput?: (text: string) => void }} options
 * @returns {Promise<import('./stage.mjs').StageResult>}
 */
export async function runEndToEnd(args, { signal, onOutput }) {
  await provideSystemPackages(signal)
  // Electron's own sockets and settings: nothing of the user's session, and nothing left behind.
  const folder = mkdtempSync(join(tmpdir(), 'impasto-e2e-'))
  const report = join(folder, 'report.json')
  try {
    const playwright = join(projectRoot, 'node_modules/@playwright/test/cli.js')
    const test = [process.execPath, playwright, 'test', '--reporter=list,json', ...args]
    const { code, output } = await runProcess('xvfb-run', ['-a', '-s', screen, ...test], {
      cwd: projectRoot,
      signal,
      ...(onOutput && { onOutput }),
      environment: {
        ...process.env,
        WAYLAND_DISPLAY: undefined,
        XDG_RUNTIME_DIR: folder,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        IMPASTO_NODE: process.execPath,
      },
    })
    return { ...countReport(report, code, countPlaywright), output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {AbortSignal} signal */
async function provideSystemPackages(signal) {
  if (isReady()) return
  if (canInstall()) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await runProcess('apt-get', ['update'], { signal, environment })
    const install = ['install', '--yes', '--no-install-recommends', ...packageNames()]
    const { output } = await runProcess('apt-get', install, { signal, environment })
    if (isReady()) return
    throw new Error(`The system packages for the end-to-end tests could not be installed.\n${output}`)
  }
  throw new Error(`The end-to-end tests need a virtual display and Electron's libraries: ${installCommand()}`)
}

function isReady() {
  const { electron } = readRecord(projectRoot)
  return hasVirtualDisplay() && electron !== undefined && missingLibraries(electron.path).length === 0
}
