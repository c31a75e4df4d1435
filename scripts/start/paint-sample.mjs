/** @file Where there is no display: the sample photograph painted through the command line, to see that all works. */
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../setup/project.mjs'

const samples = join(projectRoot, 'assets/samples')
const photograph = join(samples, 'photographs/coffee.png')
const painting = join(samples, 'paintings/night-cafe.webp')

export async function paintSample() {
  const folder = picturesFolder(process.env)
  mkdirSync(folder, { recursive: true })
  const output = freePath(folder, 'coffee-as-night-cafe', '.png')
  process.stdout.write(
    'There is no display, so a sample photograph is painted here; `npx --no impasto stylize` paints your own.\n' +
      `The picture will lie at ${output}\n`,
  )
  const flags = ['--content', photograph, '--style', painting, '--output', output]
  process.argv = [process.execPath, join(projectRoot, 'scripts/impasto.mjs'), 'stylize', ...flags]
  await import(pathToFileURL(join(projectRoot, 'out/main/cli.js')).href)
}

/**
 * The library's pictures, where the window puts its paintings too.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function picturesFolder(environment) {
  const { IMPASTO_LIBRARY: library, XDG_DATA_HOME: data } = environment
  const folder = library ? resolve(library) : join(data ?? join(homedir(), '.local/share'), 'impasto')
  return join(folder, 'pictures')
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} extension
 * @returns {string} the first of `name.png`, `name-2.png`, `name-3.png` … that does not exist yet
 */
export function freePath(folder, name, extension) {
  const first = join(folder, `${name}${extension}`)
  if (!existsSync(first)) return first
  for (let number = 2; ; number += 1) {
    const path = join(folder, `${name}-${String(number)}${extension}`)
    if (!existsSync(path)) return path
  }
}
