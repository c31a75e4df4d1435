/** @file Each architecture rule is shown to catch a file that breaks it; a pattern that matches nothing guards nothing. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '../setup/project.mjs'

const configPath = join(projectRoot, '.dependency-cruiser.cjs')
const config = createRequire(import.meta.url)(configPath) as { forbidden: { name: string }[] }

/** For each rule the file that breaks it, and what it imports. */
const probes: Record<string, readonly [file: string, imported: string]> = {
  'no-cycles': ['src-shared/model/left.ts', './right'],
  resolvable: ['src-shared/model/lost.ts', './nowhere'],
  'declared-packages': ['src-main/app/undeclared.ts', 'semver'],
  'no-development-packages-in-the-program': ['src-main/app/development.ts', 'prettier'],
  'no-tests-in-the-program': ['src-main/app/tested.ts', './some.test'],
  'shared-is-plain-data': ['src-shared/model/impure.ts', 'sharp'],
  'no-electron-outside-the-main-process': ['src-main/jobs/window.ts', 'electron'],
  'engine-stands-alone': ['src-main/engine/host/outside.ts', '../../jobs/queue'],
  'nobody-imports-the-engine': ['src-main/jobs/inside.ts', '../engine/host/entry'],
  'sharp-only-in-image': ['src-main/engine/tasks/decode.ts', 'sharp'],
  'tensorflow-only-in-runtime': ['src-main/engine/graph/tensors.ts', '@tensorflow/tfjs-node-gpu'],
  'engine-parts-meet-in-tasks': ['src-main/engine/style/read.ts', '../image/decode'],
  'graph-is-the-ground': ['src-main/engine/graph/run.ts', '../style/loss'],
  'renderer-speaks-through-the-bridge': ['src-renderer/app/reach.ts', '../../src-main/jobs/queue'],
  'renderer-without-node': ['src-renderer/app/files.ts', 'node:fs'],
  'components-are-pure': ['src-renderer/components/button.ts', '../stores/run'],
  'features-stand-apart': ['src-renderer/features/look/look.ts', '../stage/stage'],
}

/** What the probes import, where it is not an installed package. */
const targets = [
  'src-main/app/some.test.ts',
  'src-main/jobs/queue.ts',
  'src-main/engine/host/entry.ts',
  'src-main/engine/image/decode.ts',
  'src-main/engine/style/loss.ts',
  'src-renderer/stores/run.ts',
  'src-renderer/features/stage/stage.ts',
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'impasto-architecture-'))
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
  for (const name of ['package.json', 'tsconfig.json'])
    copyFileSync(join(projectRoot, name), join(folder, name))
  for (const path of targets) write(path, 'export const value = 1\n')
  for (const [path, imported] of Object.values(probes)) {
    write(path, `import * as other from '${imported}'\nexport const value = other\n`)
  }
  write('src-shared/model/right.ts', "import { value } from './left'\nexport const other = value\n")
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}

function cruise(): Cruise {
  const depcruise = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const options = ['--config', configPath, '--preserve-symlinks', '--output-type', 'json']
  const folders = ['src-shared', 'src-main', 'src-renderer']
  const { stdout } = spawnSync(process.execPath, [depcruise, ...options, ...folders], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return JSON.parse(stdout) as Cruise
}

it('has a probe for each rule, and each rule catches its probe', () => {
  expect(Object.keys(probes).sort()).toEqual(config.forbidden.map(({ name }) => name).sort())
  const { violations } = cruise().summary
  const missed = Object.entries(probes).filter(
    ([name, [file]]) => !violations.some(({ from, rule }) => rule.name === name && from === file),
  )
  expect(missed).toEqual([])
})
