/** @file Unpacks a zip file with Python, the one zip reader that is there before any npm package is. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupError } from './setup-error.mjs'
import { folderSize } from './cached-folder.mjs'

const script = join(dirname(fileURLToPath(import.meta.url)), 'extract_zip.py')

/**
 * @param {string} archive
 * @param {string} destination
 * @param {{ include: readonly string[], exclude?: readonly string[] }} members patterns over the members' names
 * @param {import('./steps.mjs').StepContext['run']} run
 * @param {(bytes: number) => void} onProgress bytes unpacked so far
 * @throws {SetupError} also when the archive holds none of the members
 */
export async function extractZip(archive, destination, { include, exclude = [] }, run, onProgress) {
  const timer = setInterval(() => {
    onProgress(folderSize(destination))
  }, 250)
  const { code, found } = await run('python3', [
    script,
    archive,
    destination,
    '--include',
    ...include,
    '--exclude',
    ...exclude,
  ]).finally(() => {
    clearInterval(timer)
  })
  if (!found) {
    throw new SetupError(
      'Python 3 was not found: install it with pip (on Debian: apt-get install python3-pip), then start again.',
    )
  }
  if (code !== 0) {
    throw new SetupError(
      `${archive} could not be unpacked: check that 2 GB of disk are free, then start again.`,
    )
  }
}
