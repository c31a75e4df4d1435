/** @file Who may import whom. Each rule says why; docs/architecture.md shows the same as a picture. */

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
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
      from: { path: '^src-', pathNot: '[.]test[.]ts$|/testing/' },
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
      name: 'no-electron-outside-the-main-process',
      comment: 'The engine, the command line, the job queue and the storage run in plain Node too.',
      severity: 'error',
      from: { path: '^src-main/(engine|cli|jobs|storage)/' },
      to: { path: '^node_modules/electron/|^electron$|^src-main/(app|ipc|preload)/' },
    },
    {
      name: 'engine-stands-alone',
      comment: 'The engine is a process of its own: the others speak to it in messages.',
      severity: 'error',
      from: { path: '^src-main/engine/' },
      to: { path: '^src-', pathNot: '^src-main/(engine|storage)/|^src-shared/' },
    },
    {
      name: 'nobody-imports-the-engine',
      comment:
        'TensorFlow and sharp are loaded in the engine process and nowhere else; whoever starts it sets its environment.',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/engine/|[.]test[.]ts$|/testing/' },
      to: { path: '^src-main/engine/', pathNot: '^src-main/engine/runtime/tensorflow-environment[.]ts$' },
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
      name: 'engine-parts-meet-in-tasks',
      comment:
        'Style, training and insight know neither one another nor how pictures are decoded; tasks join them.',
      severity: 'error',
      from: { path: '^src-main/engine/(style|training|insight)/', pathNot: '[.]test[.]ts$' },
      to: {
        path: '^src-main/engine/(style|training|insight|image|tasks|host)/',
        pathNot: '^src-main/engine/$1/',
      },
    },
    {
      name: 'graph-is-the-ground',
      comment: 'The graph describes; who runs, feeds or uses it stands above.',
      severity: 'error',
      from: { path: '^src-main/engine/graph/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src-main/engine/', pathNot: '^src-main/engine/graph/' },
    },
    {
      name: 'renderer-speaks-through-the-bridge',
      comment:
        'The page is sandboxed: it sees shared data and the typed bridge, never the main process or Node.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src-main/|^node_modules/electron/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-without-node',
      comment: 'There is no Node in a sandboxed page.',
      severity: 'error',
      from: { path: '^src-(renderer|shared)/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'components-are-pure',
      comment: 'A component knows its properties and its events, so it can be used anywhere.',
      severity: 'error',
      from: { path: '^src-renderer/components/' },
      to: { path: '^src-renderer/(stores|features|views|bridge|app)/' },
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
