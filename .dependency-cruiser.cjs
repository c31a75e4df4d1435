/** @file Who may import whom. Each rule says why; docs/architecture.md shows the same as a picture and a table. */

const TESTS = '[.]test[.]ts$|/testing/'

const engine = (...parts) => parts.map((part) => `src-main/engine/${part}`)
const renderer = (...parts) => parts.map((part) => `src-renderer/${part}`)

/**
 * What the files of a folder may import of the project, beside the folder itself. docs/architecture.md has the same
 * table and tells what each folder holds; architecture-rules.test.ts tries every pair of folders against it.
 */
const folders = {
  'src-shared': [],
  'src-main/app': ['src-shared', 'src-main/ipc', 'src-main/jobs', 'src-main/storage'],
  'src-main/ipc': ['src-shared'],
  'src-main/preload': ['src-shared'],
  // The engine's settings have to stand in its environment before it starts.
  'src-main/jobs': ['src-shared', 'src-main/storage', ...engine('runtime/tensorflow-environment.ts')],
  'src-main/storage': ['src-shared'],
  'src-main/cli': ['src-shared', 'src-main/storage', 'src-main/jobs'],
  'src-main/engine/graph': ['src-shared'],
  'src-main/engine/runtime': ['src-shared', 'src-main/storage', ...engine('graph')],
  'src-main/engine/weights': ['src-shared'],
  'src-main/engine/networks': ['src-shared', ...engine('graph', 'weights')],
  'src-main/engine/image': ['src-shared', 'src-main/storage'],
  'src-main/engine/style': ['src-shared', ...engine('graph', 'runtime', 'networks', 'weights')],
  'src-main/engine/tasks': [
    'src-shared',
    'src-main/storage',
    ...engine('graph', 'runtime', 'networks', 'weights', 'image', 'style'),
  ],
  'src-main/engine/host': ['src-shared', ...engine('tasks')],
  'src-renderer/styles': [],
  'src-renderer/composables': ['src-shared'],
  'src-renderer/bridge': ['src-shared'],
  'src-renderer/components': ['src-shared', ...renderer('composables')],
  'src-renderer/stores': ['src-shared', ...renderer('bridge', 'composables')],
  'src-renderer/features': ['src-shared', ...renderer('stores', 'components', 'composables')],
  'src-renderer/views': ['src-shared', ...renderer('features', 'stores', 'components', 'composables')],
  'src-renderer/app': [
    'src-shared',
    ...renderer('bridge', 'views', 'features', 'stores', 'components', 'composables', 'styles'),
  ],
}

const within = (path) => `^${path.replaceAll('.', '[.]')}(/|$)`

const folderRules = Object.entries(folders).map(([folder, allowed]) => ({
  name: `folder:${folder}`,
  comment: `Beside itself, ${folder} knows ${allowed.join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: within(folder), pathNot: TESTS },
  to: { path: '^(src-|bench/|e2e/|scripts/)', pathNot: [folder, ...allowed].map(within) },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...folderRules,
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'A package that package.json does not name is there by accident.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages-in-the-program',
      comment: 'The program runs without the development packages; electron itself comes with the binary.',
      severity: 'error',
      from: { path: '^src-', pathNot: TESTS },
      to: {
        dependencyTypes: ['npm-dev'],
        pathNot: '^node_modules/electron/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-tests-in-the-program',
      comment: 'Tests and what they use are read by tests alone.',
      severity: 'error',
      from: { path: '^(src-|scripts|bench)', pathNot: '[.]test[.](ts|mjs)$|/testing/' },
      to: { path: '[.]test[.](ts|mjs)$|/testing/|^e2e/' },
    },
    {
      name: 'shared-is-plain-data',
      comment: 'What every process reads can import nothing that only some processes have.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '^src-shared/|^node_modules/zod/' },
    },
    {
      name: 'electron-only-in-the-main-process',
      comment:
        'The engine, the command line, the jobs and the storage run in plain Node too; the page is sandboxed.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/(app|ipc|preload)/' },
      to: { path: '^node_modules/electron/|^electron$' },
    },
    {
      name: 'sharp-only-in-image',
      comment: 'Decoding and encoding stand in one place, with its limits and its colour handling.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/engine/image/|[.]test[.]ts$|/testing/' },
      to: { path: '^node_modules/(sharp|@img)/' },
    },
    {
      name: 'tensorflow-only-in-runtime',
      comment: 'Everything else speaks in graphs, so that another executor can take over.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/engine/runtime/' },
      to: { path: '^node_modules/@tensorflow/' },
    },
    {
      name: 'renderer-without-node',
      comment: 'There is no Node in a sandboxed page.',
      severity: 'error',
      from: { path: '^src-(renderer|shared)/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-stand-apart',
      comment: 'Features share components and stores, not each other.',
      severity: 'error',
      from: { path: '^src-renderer/features/([^/]+)/' },
      to: { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^(out|bench/peers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.vue', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}
