import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installationAt, readInstallation } from './installation'
import { temporaryFolder } from './testing/temporary-folder'

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify(value))
}

describe('the installation', () => {
  it('is told from what set-up noted', async () => {
    const root = await temporaryFolder()
    await writeJson(join(root, 'node_modules/@tensorflow/tfjs-node-gpu/package.json'), { version: '4.22.0' })
    await writeJson(join(root, '.cache/setup.json'), {
      lockHash: 'abc',
      tensorflow: { version: '2.21.0', origin: 'wheel x==2.21.0', folder: '/cache', sha256: '1' },
      binding: { path: '/binding', builtWith: 'g++ 12', sha256: '2' },
      electron: { version: '33.2.1', origin: 'copy', path: '/electron', source: 'copies@1' },
    })
    expect(await installationAt(root)).toEqual({
      tensorflow: { version: '2.21.0', origin: 'wheel x==2.21.0' },
      binding: { version: '4.22.0', origin: 'compiled here by g++ 12' },
      electron: { version: '33.2.1', origin: 'copy (copies@1)' },
    })
  })

  it('has no parts before set-up', async () => {
    const root = await temporaryFolder()
    expect(await installationAt(root)).toEqual({
      tensorflow: null,
      binding: null,
      electron: null,
    })
  })

  it('is found above the running program', async () => {
    const root = join(import.meta.dirname, '..', '..')
    expect(await readInstallation()).toEqual(await installationAt(root))
  })
})
