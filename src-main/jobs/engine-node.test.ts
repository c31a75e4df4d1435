import { afterEach, expect, it, vi } from 'vitest'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineNode } from './engine-node'

const root = mkdtempSync(join(tmpdir(), 'impasto-node-'))

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  rmSync(root, { recursive: true, force: true })
})

it('is the Node that this process runs on', async () => {
  expect(await engineNode(root)).toBe(process.execPath)
})

it('is the one that a person chooses', async () => {
  vi.stubEnv('IMPASTO_NODE', '/opt/node/bin/node')
  expect(await engineNode(root)).toBe('/opt/node/bin/node')
})

it('is, inside Electron, the one that set-up recorded', async () => {
  vi.stubGlobal('process', { ...process, env: {}, versions: { ...process.versions, electron: '33.2.1' } })
  await expect(engineNode(root)).rejects.toMatchObject({ code: 'engine-unavailable' })
  mkdirSync(join(root, '.cache'), { recursive: true })
  const record = { node: { path: '/usr/bin/node', version: '20.20.2' }, electron: 'of another version' }
  writeFileSync(join(root, '.cache', 'setup.json'), JSON.stringify(record))
  expect(await engineNode(root)).toBe('/usr/bin/node')
})
