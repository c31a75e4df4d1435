import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import fileSystem from 'node:fs'
import { lstat, mkdir, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { identityOf, tagOf, type ProcessIdentity } from './process-identity'
import { bundle, start } from './testing/other-process'
import { temporaryFolder } from './testing/temporary-folder'
import { sweepStagedFiles, writeAtomically, writeTogether, type FileToWrite } from './write-atomically'

const writerProgram = join(import.meta.dirname, 'testing', 'killed-writer.ts')

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

  it('writes all the same where the disk takes no times', async () => {
    const handle = await open(folder)
    const prototype = Object.getPrototypeOf(handle) as typeof handle
    await handle.close()
    const refused = Object.assign(new Error(), { code: 'EPERM', syscall: 'futime' })
    const utimes = vi.spyOn(prototype, 'utimes').mockRejectedValue(refused)
    onTestFinished(() => {
      utimes.mockRestore()
    })
    const path = join(folder, 'picture.png')
    await writeTogether([{ path, data: 'data', replace: false, links: 'replace', changed: new Date(0) }])
    expect(utimes).toHaveBeenCalledOnce()
    expect(await readFile(path, 'utf8')).toBe('data')
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

describe('writeAtomically to a new name', () => {
  it('works where the disk knows no second names', async () => {
    const { link } = fileSystem.promises
    fileSystem.promises.link = () =>
      Promise.reject(Object.assign(new Error(), { code: 'EPERM', syscall: 'link' }))
    syncBuiltinESMExports()
    onTestFinished(() => {
      fileSystem.promises.link = link
      syncBuiltinESMExports()
    })
    const path = join(folder, 'picture.png')
    await writeAtomically(path, 'first', { replace: false })
    await expect(writeAtomically(path, 'second', { replace: false })).rejects.toMatchObject({
      code: 'output-exists',
    })
    expect(await readFile(path, 'utf8')).toBe('first')
    expect(await readdir(folder)).toEqual(['picture.png'])
  })
})

describe('writeTogether', () => {
  const both = (replace: boolean, data: string | Uint8Array): FileToWrite[] => [
    { path: join(folder, 'picture.png.json'), data, replace, links: 'replace' },
    { path: join(folder, 'picture.png'), data, replace, links: 'follow' },
  ]
  const contents = (): Promise<readonly string[]> =>
    Promise.all(both(true, '').map(({ path }) => readFile(path, 'utf8')))

  it('writes all', async () => {
    await writeTogether(both(false, 'first'))
    expect(await contents()).toEqual(['first', 'first'])
    await writeTogether(both(true, 'second'))
    expect(await contents()).toEqual(['second', 'second'])
    expect((await readdir(folder)).sort()).toEqual(['picture.png', 'picture.png.json'])
  })

  it('leaves no first file where the second cannot be written', async () => {
    const [sidecar, picture] = both(false, 'new') as [FileToWrite, FileToWrite]
    await withLargestFile(8192, async () => {
      const large = { ...picture, data: new Uint8Array(100_000) }
      await expect(writeTogether([sidecar, large])).rejects.toMatchObject({ code: 'output-unwritable' })
    })
    expect(await readdir(folder)).toEqual([])

    await writeFile(picture.path, 'another')
    await expect(writeTogether([sidecar, picture])).rejects.toMatchObject({
      code: 'output-exists',
      data: { path: picture.path },
    })
    expect(await readdir(folder)).toEqual(['picture.png'])
  })

  it('gives the first file back where the second cannot take its name', async () => {
    const [sidecar, picture] = both(true, 'new') as [FileToWrite, FileToWrite]
    await mkdir(picture.path)
    await expect(writeTogether([sidecar, picture])).rejects.toMatchObject({ code: 'output-unwritable' })
    expect(await readdir(folder)).toEqual(['picture.png'])
    await writeFile(sidecar.path, 'old')
    await expect(writeTogether([sidecar, picture])).rejects.toMatchObject({ code: 'output-unwritable' })
    expect(await readFile(sidecar.path, 'utf8')).toBe('old')
    expect((await readdir(folder)).sort()).toEqual(['picture.png', 'picture.png.json'])
  })

  it('writes through the links that it is told to follow, and replaces the others', async () => {
    const [sidecar, picture] = both(true, 'new') as [FileToWrite, FileToWrite]
    for (const { path } of [sidecar, picture]) {
      await writeFile(`${path}.target`, 'old')
      await symlink(`${path}.target`, path)
    }
    await writeTogether([sidecar, picture])
    expect(await readFile(`${picture.path}.target`, 'utf8')).toBe('new')
    expect(await readFile(`${sidecar.path}.target`, 'utf8')).toBe('old')
    expect((await lstat(picture.path)).isSymbolicLink()).toBe(true)
    expect(await readFile(sidecar.path, 'utf8')).toBe('new')
  })

  it.each(['new', 'replace'])(
    'leaves no picture without its sidecar, wherever it is killed (%s)',
    async (kind) => {
      const program = await bundle(writerProgram, await temporaryFolder())
      const before = kind === 'new' ? 'nothing' : 'old'
      const found: string[] = []
      for (let call = 1; !found.includes('finished'); call += 1) {
        const folder = await temporaryFolder()
        const names = ['picture.png.json', 'picture.png']
        if (kind === 'replace') for (const name of names) await writeFile(join(folder, name), 'old')
        const [, signal] = (await once(start(program, folder, kind, String(call)), 'exit')) as [
          unknown,
          unknown,
        ]
        const read = names.map((name) => readFile(join(folder, name), 'utf8').catch(() => 'nothing'))
        found.push((await Promise.all(read)).join(', then '))
        if (signal === null) found.push('finished')
        await sweepStagedFiles(folder)
        expect((await readdir(folder)).filter((name) => !names.includes(name))).toEqual([])
      }
      const states = [`${before}, then ${before}`, `new, then ${before}`, 'new, then new', 'finished']
      expect([...new Set(found)]).toEqual(states)
    },
  )
})

describe('sweepStagedFiles', () => {
  it('removes what dead processes left, and nothing else, not even under this process’s id', async () => {
    const own = identityOf(process.pid)
    const staged = (owner: ProcessIdentity): string => `.impasto-0123456789abcdef-${tagOf(owner)}.part`
    const kept = [staged(own), 'picture.part']
    const dead = staged({ ...own, started: '1' })
    await Promise.all([...kept, dead].map((name) => writeFile(join(folder, name), '')))
    await sweepStagedFiles(folder)
    expect((await readdir(folder)).sort()).toEqual(kept.sort())
  })
})
