import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from './testing/temporary-folder'
import { sweepStagedFiles, writeAtomically } from './write-atomically'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

/** Runs `work` while no file of this process may grow beyond `bytes`, as on a disk that fills up in mid-file. */
async function withLargestFile(bytes: number, work: () => Promise<void>): Promise<void> {
  const setLimit = (soft: string): void => {
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${soft}:unlimited`])
  }
  setLimit(String(bytes))
  try {
    await work()
  } finally {
    setLimit('unlimited')
  }
}

describe('writeAtomically', () => {
  it('writes the whole and leaves nothing else behind', async () => {
    const path = join(folder, 'picture.png')
    const data = new Uint8Array(3_000_000).map((_, index) => index % 251)
    await writeAtomically(path, data)
    expect(Buffer.compare(await readFile(path), data)).toBe(0)
    expect(await readdir(folder)).toEqual(['picture.png'])
  })

  it('replaces a file, or refuses to, as it is told', async () => {
    const path = join(folder, 'picture.png')
    await writeAtomically(path, 'first', { replace: false })
    await expect(writeAtomically(path, 'second', { replace: false })).rejects.toMatchObject({
      code: 'output-exists',
      data: { path },
    })
    expect(await readFile(path, 'utf8')).toBe('first')
    await writeAtomically(path, 'third')
    expect(await readFile(path, 'utf8')).toBe('third')
    expect(await readdir(folder)).toEqual(['picture.png'])
  })

  it('keeps the old file where the new one does not fit', async () => {
    const path = join(folder, 'picture.png')
    await writeFile(path, 'old')
    await withLargestFile(8192, async () => {
      await expect(writeAtomically(path, new Uint8Array(100_000))).rejects.toMatchObject({
        code: 'output-unwritable',
      })
    })
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['picture.png'])
  })

  it('writes through a link, which stays one', async () => {
    const target = join(folder, 'target.png')
    const link = join(folder, 'link.png')
    await writeFile(target, 'old')
    await symlink(target, link)
    await writeAtomically(link, 'new')
    expect(await readFile(target, 'utf8')).toBe('new')
  })

  it('takes a name as long as the disk allows', async () => {
    const name = `${'n'.repeat(251)}.png`
    await writeAtomically(join(folder, name), 'data', { replace: false })
    expect(await readdir(folder)).toEqual([name])
  })

  it('says what is in the way', async () => {
    await mkdir(join(folder, 'picture.png'))
    await expect(writeAtomically(join(folder, 'picture.png'), 'data')).rejects.toMatchObject({
      code: 'output-unwritable',
      data: { reason: 'it is a folder' },
    })
    await expect(writeAtomically(join(folder, 'none', 'picture.png'), 'data')).rejects.toMatchObject({
      code: 'output-folder-missing',
      data: { path: join(folder, 'none') },
    })
    expect(await readdir(folder)).toEqual(['picture.png'])
  })
})

describe('sweepStagedFiles', () => {
  it('removes what dead processes left, and nothing else', async () => {
    const own = `.impasto-${String(process.pid)}-1.part`
    const dead = '.impasto-4194304-1.part'
    await Promise.all([own, dead, 'picture.part'].map((name) => writeFile(join(folder, name), '')))
    await sweepStagedFiles(folder)
    expect((await readdir(folder)).sort()).toEqual([own, 'picture.part'].sort())
  })
})
