import { describe, expect, it } from 'vitest'
import { isInstalledAsLocked, npmCommand } from './packages.mjs'

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

describe('npmCommand', () => {
  it('takes npm from the path unless npm itself started the script', () => {
    expect(npmCommand({})).toEqual(['npm', []])
    expect(npmCommand({ npm_execpath: '/opt/yarn/yarn.js' })).toEqual(['npm', []])
    expect(npmCommand({ npm_execpath: '/absent/npm-cli.js' })).toEqual(['npm', []])
  })
})
