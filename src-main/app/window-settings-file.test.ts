import fileSystem from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WindowSettingsFile } from './window-settings-file'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'impasto-settings-'))
  path = join(folder, 'settings.json')
})
afterEach(() => rm(folder, { recursive: true }))

describe('WindowSettingsFile', () => {
  it('remembers what was changed', async () => {
    const settings = await WindowSettingsFile.open(path)
    settings.change({ appearance: 'light' })
    settings.change({ secondsPerMegapixel: 8.5 })
    await settings.written()
    const again = await WindowSettingsFile.open(path)
    expect(again.current).toMatchObject({ appearance: 'light', secondsPerMegapixel: 8.5, surround: 'theme' })
  })

  it('keeps what it understands of a file from another version', async () => {
    await writeFile(path, JSON.stringify({ appearance: 'sepia', surround: 'grey', unknown: 1 }))
    const settings = await WindowSettingsFile.open(path)
    expect(settings.current).toMatchObject({ appearance: 'dark', surround: 'grey' })
  })

  it('leaves what it does not change as another version wrote it', async () => {
    const newer = { version: 2, appearance: 'sepia', surround: 'grey', canvas: { weave: 'linen' } }
    await writeFile(path, JSON.stringify(newer))
    const settings = await WindowSettingsFile.open(path)
    settings.change({ surround: 'white' })
    await settings.written()
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ ...newer, surround: 'white' })
  })

  it.each(['{"appearance":', '[]', ''])(
    'begins anew where the file holds %j, which is set aside',
    async (text) => {
      await writeFile(path, text)
      const settings = await WindowSettingsFile.open(path)
      settings.change({ surround: 'white' })
      await settings.written()
      expect(await readFile(path, 'utf8')).toContain('"white"')
      const [aside = '', ...others] = (await readdir(folder)).filter((name) => name !== 'settings.json')
      expect(others).toEqual([])
      expect(aside).toMatch(/^settings-set-aside-.*\.json$/)
      expect(settings.problem).toEqual({ kind: 'set-aside', name: aside })
      expect(await readFile(join(folder, aside), 'utf8')).toBe(text)
    },
  )

  it('leaves alone and tells a file that cannot be read: it may be read at the next start', async () => {
    // A link that leads to itself: no right of an administrator reads it either.
    await symlink(path, path)
    const settings = await WindowSettingsFile.open(path)
    expect(settings.problem).toEqual({
      kind: 'unreadable',
      error: { code: 'file-unreadable', data: { path: 'settings.json', reason: 'too many links' } },
    })
    settings.change({ surround: 'white' })
    await settings.written()
    expect(settings.current.surround).toBe('white')
    expect(await readlink(path)).toBe(path)
    expect(await readdir(folder)).toEqual(['settings.json'])
  })

  it('leaves alone and tells a file that cannot be read just once', async () => {
    const text = JSON.stringify({ picturesFolder: '/media/paintings' })
    await writeFile(path, text)
    const { readFile: read } = fileSystem.promises
    fileSystem.promises.readFile = (): Promise<never> =>
      Promise.reject(Object.assign(new Error(), { code: 'EIO', syscall: 'read' }))
    syncBuiltinESMExports()
    const settings = await WindowSettingsFile.open(path).finally(() => {
      fileSystem.promises.readFile = read
      syncBuiltinESMExports()
    })
    settings.change({ surround: 'white' })
    await settings.written()
    expect(settings.problem).toMatchObject({ error: { data: { reason: 'the disk reported an error' } } })
    expect(await readFile(path, 'utf8')).toBe(text)
    expect((await WindowSettingsFile.open(path)).current.picturesFolder).toBe('/media/paintings')
  })

  it('leaves alone and tells a folder in its place', async () => {
    await mkdir(path)
    const settings = await WindowSettingsFile.open(path)
    expect(settings.problem).toMatchObject({ kind: 'unreadable', error: { code: 'not-a-file' } })
    settings.change({ surround: 'white' })
    await settings.written()
    expect(await readdir(path)).toEqual([])
  })
})
