import { createHash } from 'node:crypto'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installationAt, readInstallation } from './installation'
import { temporaryFolder } from './testing/temporary-folder'

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify(value))
}

/** The inventory of a file `name` that holds `text`. */
const files = (name: string, text: string) => ({
  [name]: { size: text.length, modified: 0, sha256: createHash('sha256').update(text).digest('hex') },
})

describe('the installation', () => {
  it('is told from what set-up noted, and from the bytes that are there', async () => {
    const root = await temporaryFolder()
    await writeFile(join(root, 'library.so'), 'library')
    await symlink('library.so', join(root, 'library.so.2'))
    await writeFile(join(root, 'binding.node'), 'bindinG')
    await writeJson(join(root, 'node_modules/@tensorflow/tfjs-node-gpu/package.json'), { version: '4.22.0' })
    await writeJson(join(root, '.cache/setup.json'), {
      lockHash: 'abc',
      tensorflow: {
        version: '2.21.0',
        origin: 'wheel x==2.21.0',
        folder: root,
        files: { ...files('library.so', 'library'), ...files('library.so.2', 'library.so') },
      },
      binding: { builtWith: 'g++ 12', folder: root, files: files('binding.node', 'binding') },
      electron: {
        version: '33.2.1',
        origin: 'copy',
        source: 'copies@1',
        folder: root,
        files: files('electron', ''),
      },
    })
    expect(await installationAt(root)).toEqual({
      tensorflow: { version: '2.21.0', origin: 'wheel x==2.21.0', altered: [] },
      binding: {
        version: '4.22.0',
        origin: 'compiled here by g++ 12',
        altered: [join(root, 'binding.node')],
      },
      electron: { version: '33.2.1', origin: 'copy (copies@1)', altered: [join(root, 'electron')] },
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
