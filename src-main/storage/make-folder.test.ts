import { readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder } from './make-folder'
import { temporaryFolder } from './testing/temporary-folder'

describe('makeFolder', () => {
  it('makes all that is missing, for its user alone, and leaves what is there', async () => {
    const folder = await temporaryFolder()
    const deep = join(folder, 'a', 'b', 'c')
    await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(join(folder, 'a', 'd'))])
    expect((await readdir(join(folder, 'a'))).sort()).toEqual(['b', 'd'])
    for (const made of [deep, join(folder, 'a')]) expect((await stat(made)).mode & 0o777).toBe(0o700)
    await makeFolder(deep)
  })

  it('says what is in the way, and does not try for ever', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    await symlink('/nowhere/at/all', join(folder, 'dangling'))
    for (const path of [join(folder, 'file'), join(folder, 'file', 'below'), join(folder, 'dangling')]) {
      await expect(makeFolder(path), path).rejects.toMatchObject({
        code: expect.stringMatching(/^output-/) as string,
      })
    }
    // The system takes no folders there, and says that their parent is missing.
    await expect(makeFolder('/proc/impasto/runs')).rejects.toMatchObject({
      code: 'output-unwritable',
      data: { path: '/proc/impasto/runs', reason: 'no folder can be made there' },
    })
  })
})
