import { describe, expect, it } from 'vitest'
import { checkPlatform } from './platform.mjs'

const linux = { platform: 'linux', arch: 'x64' }

describe('checkPlatform', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('accepts Node %s on Linux on x86-64', (nodeVersion) => {
    expect(() => {
      checkPlatform({ ...linux, nodeVersion })
    }).not.toThrow()
  })

  it.each(['20.18.1', '18.20.0'])('refuses Node %s and says which it needs', (nodeVersion) => {
    expect(() => {
      checkPlatform({ ...linux, nodeVersion })
    }).toThrow(`needs Node.js 20.19 or newer, and this is ${nodeVersion}`)
  })

  it('says so on other systems', () => {
    expect(() => {
      checkPlatform({ platform: 'darwin', arch: 'arm64', nodeVersion: '22.0.0' })
    }).toThrow('this is darwin on arm64')
  })
})
