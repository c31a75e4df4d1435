/** @file The libraries of the system that Electron needs, and the virtual display that its tests need. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** By their Debian names; newer releases add `t64` to some. */
const libraryPackages = [
  'libnss3',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxss1',
  'libxtst6',
  'libxkbcommon0',
]
const displayPackages = ['xvfb', 'xauth']

/**
 * @param {string} executable
 * @returns {string[]} names of shared libraries that the loader does not find
 */
export function missingLibraries(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' })
  return [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name)
}

/** Whether tests can open a display that nobody sees. */
export function hasVirtualDisplay() {
  return spawnSync('which', ['xvfb-run', 'xauth'], { stdio: 'ignore' }).status === 0
}

export function canInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** One command for people. */
export function installCommand() {
  return `apt-get install ${packageNames().join(' ')}`
}

/** The Debian packages with all that Electron and its tests need. */
export function packageNames() {
  return [...displayPackages, ...libraryPackages].map(nameOnThisSystem)
}

/** @param {string} name */
function nameOnThisSystem(name) {
  const renamed = `${name}t64`
  const { status, stdout } = spawnSync('apt-cache', ['show', '--no-all-versions', renamed], {
    encoding: 'utf8',
  })
  return status === 0 && stdout.includes(`Package: ${renamed}`) ? renamed : name
}
