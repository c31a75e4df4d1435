/**
 * @file The native binding between Node and TensorFlow, compiled from its two C++ files.
 *
 * Plain g++ against the `node-api-headers` package: node-gyp would download Node's headers from another server,
 * and Node-API is the same for every Node, so one binary serves them all.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cachedFolder, provideFolder } from '../cached-folder.mjs'
import { fingerprint } from '../fingerprint.mjs'
import { looksUntouched, takeInventory } from '../inventory.mjs'
import { SetupError } from '../setup-error.mjs'
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
    const { folder, files } = record.binding ?? {}
    return files !== undefined && folder === bindingFolder(root) && looksUntouched(folder, files)
  },

  async run(context) {
    const { root, cache, run, report } = context
    const contents = fingerprint(root, [join(packageFolder, 'binding'), headersFolder])
    const compiled = cachedFolder(cache, `tfjs-binding-${tensorflowVersion}`, [contents, ...compilerFlags])
    await provideFolder(compiled, (scratch) => compile(root, cache, scratch, run), context)
    const folder = bindingFolder(root)
    install(join(compiled, fileName), join(folder, fileName))
    report(0.9, 'Loading TensorFlow once')
    await verifyLoads(root, run)
    return {
      binding: {
        folder,
        builtWith: readFileSync(join(compiled, 'built-with.txt'), 'utf8'),
        files: await takeInventory(folder, [fileName]),
      },
    }
  },
}

/** @param {string} root */
function bindingFolder(root) {
  return join(root, packageFolder, 'lib/napi-v8')
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {string} scratch
 * @param {import('../steps.mjs').StepContext['run']} run
 */
async function compile(root, cache, scratch, run) {
  const tensorflow = tensorflowFolder(cache)
  const output = join(scratch, fileName)
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
  writeFileSync(join(scratch, 'built-with.txt'), version.output.split('\n')[0] ?? '')
  return scratch
}

/**
 * @param {string} compiled
 * @param {string} target
 */
function install(compiled, target) {
  const half = `${target}.half`
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(compiled, half)
  renameSync(half, target)
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
