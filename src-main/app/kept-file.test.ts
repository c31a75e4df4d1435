import fileSystem from 'node:fs'
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '../storage/testing/temporary-folder'
import { KeptFile } from './kept-file'

const schema = z.object({ version: z.literal(2), canvas: z.string() })
const linen = { version: 2, canvas: 'linen' } as const

let folder: string
let path: string
beforeEach(async () => {
  folder = await temporaryFolder()
  path = join(folder, 'desk.json')
})

const open = () => KeptFile.open(path, { file: 'desk', schema, version: 2 })

/** Does `work` while the disk gives no file away. */
async function whileDiskFails<Result>(work: () => Promise<Result>): Promise<Result> {
  const { readFile: read } = fileSystem.promises
  fileSystem.promises.readFile = (): Promise<never> =>
    Promise.reject(Object.assign(new Error(), { code: 'EIO', syscall: 'read' }))
  syncBuiltinESMExports()
  return work().finally(() => {
    fileSystem.promises.readFile = read
    syncBuiltinESMExports()
  })
}

describe('KeptFile', () => {
  it('holds at the next start what was kept last', async () => {
    const file = await open()
    expect(file).toMatchObject({ value: null, problem: null })
    file.keep({ ...linen, canvas: 'jute' })
    file.keep(linen)
    await file.written()
    expect(await open()).toMatchObject({ value: linen, problem: null })
    expect(await file.mayHaveOneAside()).toBe(false)
  })

  it.each(['{"version":', '[]', '', 'null', '{"version":2,"canvas":7}', '{"version":1}'])(
    'sets aside and tells what is damaged, such as %j',
    async (text) => {
      await writeFile(path, text)
      const file = await open()
      file.keep(linen)
      await file.written()
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(linen)
      const [aside = '', ...others] = (await readdir(folder)).filter((name) => name !== 'desk.json')
      expect(others).toEqual([])
      expect(aside).toMatch(/^desk-set-aside-.*\.json$/)
      expect(file.problem).toEqual({ file: 'desk', kind: 'set-aside', name: aside })
      expect(await readFile(join(folder, aside), 'utf8')).toBe(text)
      const later = await open()
      expect(later.problem).toBeNull()
      expect(await later.mayHaveOneAside()).toBe(true)
    },
  )

  it("leaves alone and tells a newer program's", async () => {
    const text = '{"version":3,"canvas":{"weave":"linen"}}'
    await writeFile(path, text)
    const file = await open()
    file.keep(linen)
    await file.written()
    expect(file.problem).toEqual({ file: 'desk', kind: 'newer' })
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  it('leaves alone and tells what cannot be read: it may be read at the next start', async () => {
    // A link that leads to itself: no right of an administrator reads it either.
    await symlink(path, path)
    const file = await open()
    expect(file.problem).toEqual({
      ...{ file: 'desk', kind: 'unreadable' },
      error: { code: 'file-unreadable', data: { path: 'desk.json', reason: 'too many links' } },
    })
    file.keep(linen)
    await file.written()
    expect(await readlink(path)).toBe(path)
    expect(await readdir(folder)).toEqual(['desk.json'])
  })

  it('leaves alone and tells what cannot be read just once', async () => {
    const text = JSON.stringify(linen)
    await writeFile(path, text)
    const file = await whileDiskFails(open)
    file.keep({ ...linen, canvas: 'jute' })
    await file.written()
    expect(file.problem).toMatchObject({ error: { data: { reason: 'the disk reported an error' } } })
    expect(await readFile(path, 'utf8')).toBe(text)
    expect((await open()).value).toEqual(linen)
  })

  it('leaves alone and tells a folder in its place', async () => {
    await mkdir(path)
    const file = await open()
    expect(file.problem).toMatchObject({ kind: 'unreadable', error: { code: 'not-a-file' } })
    file.keep(linen)
    await file.written()
    expect(await readdir(path)).toEqual([])
  })
})
