/** @file Each architecture rule is shown to catch a file that breaks it; a pattern that matches nothing guards nothing. */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '../setup/project.mjs'

const configPath = join(projectRoot, '.dependency-cruiser.cjs')
const config = createRequire(import.meta.url)(configPath) as { forbidden: { name: string }[] }

/** For each rule that is not a folder's the file that breaks it, and what it imports. */
const probes: Record<string, readonly [file: string, imported: string]> = {
  'no-cycles': ['src-shared/model/left.ts', './right'],
  resolvable: ['src-shared/model/lost.ts', './nowhere'],
  'declared-packages': ['src-main/app/undeclared.ts', 'semver'],
  'no-development-packages-in-the-program': ['src-main/app/development.ts', 'prettier'],
  'no-tests-in-the-program': ['src-main/app/tested.ts', './some.test'],
  'shared-is-plain-data': ['src-shared/model/impure.ts', 'sharp'],
  'electron-only-in-the-main-process': ['src-main/jobs/window.ts', 'electron'],
  'sharp-only-in-image': ['src-main/engine/tasks/decode.ts', 'sharp'],
  'tensorflow-only-in-runtime': ['src-main/engine/graph/tensors.ts', '@tensorflow/tfjs-node-gpu'],
  'renderer-without-node': ['src-renderer/app/files.ts', 'node:fs'],
  'features-stand-apart': ['src-renderer/features/look/look.ts', '../stage/stage'],
}

/** What the probes import, where it is not an installed package. */
const targets = ['src-main/app/some.test.ts', 'src-renderer/features/stage/stage.ts']

interface Folder {
  readonly path: string
  /** The folders and files that it may import, beside itself. */
  readonly allowed: readonly string[]
}

const folders = foldersOfArchitecture()
/** A file of each folder, and those that a folder may import of another which is otherwise closed to it. */
const importable = [
  ...folders.map(({ path }) => `${path}/anything.ts`),
  ...folders.flatMap(({ allowed }) => allowed.filter((path) => path.endsWith('.ts'))),
]

let project: string
let violations: readonly Violation[]
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'impasto-architecture-'))
  symlinkSync(join(projectRoot, 'node_modules'), join(project, 'node_modules'))
  for (const name of ['package.json', 'tsconfig.json'])
    copyFileSync(join(projectRoot, name), join(project, name))
  for (const path of [...targets, ...importable]) write(path, 'export const value = 1\n')
  for (const [path, imported] of Object.values(probes)) write(path, importing(imported))
  write('src-shared/model/right.ts', "import { value } from './left'\nexport const other = value\n")
  for (const { path } of folders) {
    for (const target of importable) {
      write(pairProbe(path, target), importing(`./${posix.relative(path, target).slice(0, -'.ts'.length)}`))
    }
  }
  violations = cruise()
})
afterAll(() => {
  rmSync(project, { recursive: true })
})

/** The table of docs/architecture.md. */
function foldersOfArchitecture(): readonly Folder[] {
  const text = readFileSync(join(projectRoot, 'docs/architecture.md'), 'utf8')
  const rows = [...text.matchAll(/^\| `(src-[^`]+)` *\|[^|]*\|([^|]*)\|$/gm)]
  const paths = rows.map(([, path = '']) => path)
  const found = (name: string): string => {
    if (name.endsWith('.ts')) return `src-main/${name}`
    const [path, ...others] = paths.filter((other) => other === name || other.endsWith(`/${name}`))
    if (path !== undefined && others.length === 0) return path
    throw new Error(`docs/architecture.md does not tell which folder ${name} is`)
  }
  return rows.map(([, path = '', allowed = '']) => ({
    path,
    allowed: [...allowed.matchAll(/`([^`]+)`/g)].map(([, name = '']) => found(name)),
  }))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

function importing(module: string): string {
  return `import * as other from '${module}'\nexport const value = other\n`
}

/** The file of `folder` that imports `target`. */
function pairProbe(folder: string, target: string): string {
  return `${folder}/imports-${target.replaceAll(/[/.]/g, '-')}.ts`
}

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

function cruise(): readonly Violation[] {
  const depcruise = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const options = ['--config', configPath, '--preserve-symlinks', '--output-type', 'json']
  const cruised = ['src-shared', 'src-main', 'src-renderer']
  const { stdout } = spawnSync(process.execPath, [depcruise, ...options, ...cruised], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return (JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary.violations
}

const isViolated = (file: string, rule: string): boolean =>
  violations.some(({ from, rule: { name } }) => name === rule && from === file)

it('has a probe for each rule, and each rule catches its probe', () => {
  const named = config.forbidden.map(({ name }) => name).filter((name) => !name.startsWith('folder:'))
  expect(Object.keys(probes).sort()).toEqual(named.sort())
  const missed = Object.entries(probes).filter(([name, [file]]) => !isViolated(file, name))
  expect(missed).toEqual([])
})

it('knows every folder', () => {
  const children = (parent: string): string[] =>
    readdirSync(join(projectRoot, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${parent}/${name}`)
  const parents = ['src-main', 'src-main/engine', 'src-renderer']
  const actual = ['src-shared', ...parents.flatMap(children).filter((path) => !parents.includes(path))]
  expect(folders.map(({ path }) => path).sort()).toEqual(actual.sort())
})

it.each(folders)(
  'lets $path import what docs/architecture.md says, and nothing else',
  ({ path, allowed }) => {
    const forbidden = importable.filter((target) => isViolated(pairProbe(path, target), `folder:${path}`))
    const closed = importable.filter(
      (target) => ![path, ...allowed].some((open) => target === open || target.startsWith(`${open}/`)),
    )
    expect(forbidden).toEqual(closed)
  },
)
