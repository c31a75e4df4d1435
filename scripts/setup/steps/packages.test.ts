import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SetupError } from '../setup-error.mjs'
import { isInstalledAsLocked, npmCommand, packages } from './packages.mjs'

const zod = { version: '4.6.7', integrity: 'sha512-zod' }
const sharp = { version: '0.35.5', integrity: 'sha512-sharp' }
const optional = { version: '0.35.5', integrity: 'sha512-darwin', optional: true }
const lock = {
  packages: {
    '': {},
    'node_modules/zod': zod,
    'node_modules/sharp': sharp,
    'node_modules/@img/darwin': optional,
  },
}

describe('isInstalledAsLocked', () => {
  it('accepts an installation without the optional packages of other systems', () => {
    expect(
      isInstalledAsLocked(lock, { packages: { 'node_modules/zod': zod, 'node_modules/sharp': sharp } }),
    ).toBe(true)
  })

  it.each([
    ['a missing package', { 'node_modules/zod': zod }],
    ['another version', { 'node_modules/zod': zod, 'node_modules/sharp': { ...sharp, version: '0.34.0' } }],
    [
      'other contents',
      { 'node_modules/zod': zod, 'node_modules/sharp': { ...sharp, integrity: 'sha512-other' } },
    ],
    [
      'a package too many',
      { 'node_modules/zod': zod, 'node_modules/sharp': sharp, 'node_modules/left': zod },
    ],
  ])('refuses %s', (_, packages) => {
    expect(isInstalledAsLocked(lock, { packages })).toBe(false)
  })
})

describe('the installed packages', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'impasto-packages-'))
    write('package-lock.json', JSON.stringify(lock))
    write('node_modules/.package-lock.json', JSON.stringify(installed))
    write('node_modules/zod/package.json', '{}')
    write('node_modules/sharp/package.json', '{}')
  })
  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  const installed = { packages: { 'node_modules/zod': zod, 'node_modules/sharp': sharp } }

  function write(name: string, text: string) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const areDone = () => packages.isDone({ root, cache: join(root, 'cache'), record: {} })

  it('are known by the hidden lock file, whoever installed them', () => {
    expect(areDone()).toBe(true)
  })

  it.each(['', 'null', '5', '{"packages":', '{"packages":null}', '{"packages":{"node_modules/zod":null}}'])(
    'are installed anew where the hidden lock file was damaged into %s',
    (text) => {
      write('node_modules/.package-lock.json', text)
      expect(areDone()).toBe(false)
    },
  )

  it('are installed anew where one was deleted', () => {
    rmSync(join(root, 'node_modules/zod'), { recursive: true })
    expect(areDone()).toBe(false)
  })

  it('cannot be installed by a damaged lock file, which is said', async () => {
    write('package-lock.json', '{"packages":')
    expect(areDone()).toBe(false)
    const context = { root, cache: root, record: {}, signal: new AbortController().signal }
    const silent = {
      run: () => Promise.reject(new Error('npm was started')),
      report: () => undefined,
      say: () => undefined,
    }
    await expect(packages.run({ ...context, ...silent })).rejects.toThrow(SetupError)
  })
})

describe('npmCommand', () => {
  it('takes npm from the path unless npm itself started the script', () => {
    expect(npmCommand({})).toEqual(['npm', []])
    expect(npmCommand({ npm_execpath: '/opt/yarn/yarn.js' })).toEqual(['npm', []])
    expect(npmCommand({ npm_execpath: '/absent/npm-cli.js' })).toEqual(['npm', []])
  })
})
