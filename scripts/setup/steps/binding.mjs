/**
 * @file The native binding between Node and TensorFlow, compiled from its two C++ files.
 *
 * Plain g++ against the `node-api-headers` package: node-gyp would download Node's headers from another server,
 * and Node-API is the same for every Node, so one binary serves them all.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fingerprint } from '../fingerprint.mjs'
import { sha256 } from '../hashes.mjs'
import { SetupError } from '../setup-error.mjs'
import { publish } from '../stage.mjs'
import { tensorflowFolder, tensorflowVersion } from './tensorflow.mjs'

const packageFolder = 'node_modules/@tensorflow/tfjs-node-gpu'
const headersFolder = 'node_modules/node-api-headers/include'
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc']
const compilerFlags = ['-std=c++17', '-O2', '-fPIC', '-shared']
const fileName = 'tfjs_binding.node'

/** @type {import('../steps.mjs').Step} */
export const binding = {
  name: 'binding',
  title: 'Compiling the TensorFlow binding',
  weight: 12,

  isDone({ root, record }) {
    const path = bindingPath(root)
    return (
      record.binding?.path === path &&
      existsSync(path) &&
      record.binding.sha256 === sha256(readFileSync(path))
    )
  },

  async run({ root, cache, run, report }) {
    const folder = join(cache, `tfjs-binding-${tensorflowVersion}-${sourceHash(root)}`)
    if (!existsSync(folder)) {
      mkdirSync(cache, { recursive: true })
      await publish(folder, (stage) => compile(root, cache, stage, run))
    }
    install(join(folder, fileName), bindingPath(root))
    report(0.9, 'Loading TensorFlow once')
    await verifyLoads(root, run)
    return {
      binding: {
        path: bindingPath(root),
        builtWith: readFileSync(join(folder, 'built-with.txt'), 'utf8'),
        sha256: sha256(readFileSync(bindingPath(root))),
      },
    }
  },
}

/** @param {string} root */
function bindingPath(root) {
  return join(root, packageFolder, 'lib/napi-v8', fileName)
}

/** @param {string} root */
function sourceHash(root) {
  const contents = fingerprint(root, [join(packageFolder, 'binding'), headersFolder])
  return sha256(`${contents} ${compilerFlags.join(' ')}`).slice(0, 12)
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {string} stage
 * @param {import('../steps.mjs').StepContext['run']} run
 */
async function compile(root, cache, stage, run) {
  const tensorflow = tensorflowFolder(cache)
  const output = join(stage, fileName)
  const { code, found } = await run('g++', [
    ...compilerFlags,
    ...['-I', join(root, packageFolder), '-I', join(tensorflow, 'include'), '-I', join(root, headersFolder)],
    ...sources.map((source) => join(root, packageFolder, 'binding', source)),
    ...['-o', output, '-L', join(tensorflow, 'lib'), '-ltensorflow', '-ltensorflow_framework'],
    // `deps` beside `lib` is a link into the cache, so the same binding is right for every checkout.
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
  ])
  if (!found) {
    throw new SetupError(
      'g++ was not found: install a C++ compiler (on Debian: apt-get install g++), then start again.',
    )
  }
  if (code !== 0 || !existsSync(output)) {
    throw new SetupError(
      'g++ could not compile the TensorFlow binding: install g++ 9 or newer with its C++ library, then start again.',
    )
  }
  const version = await run('g++', ['--version'])
  writeFileSync(join(stage, 'built-with.txt'), version.output.split('\n')[0] ?? '')
  return stage
}

/**
 * @param {string} compiled
 * @param {string} target
 */
function install(compiled, target) {
  const staged = `${target}.${String(process.pid)}`
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(compiled, staged)
  renameSync(staged, target)
}

/**
 * @param {string} root
 * @param {import('../steps.mjs').StepContext['run']} run
 */
async function verifyLoads(root, run) {
  const program = "process.exit(require('@tensorflow/tfjs-node-gpu').backend().binding.TF_Version ? 0 : 1)"
  const { code } = await run(process.execPath, ['-e', program], {
    cwd: root,
    environment: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  })
  if (code === 0) return
  throw new SetupError(
    'TensorFlow was installed but cannot be loaded: it needs a processor with AVX and glibc 2.27 or newer; ' +
      'if the machine has both, delete the cache folder of Impasto and start again.',
  )
}
