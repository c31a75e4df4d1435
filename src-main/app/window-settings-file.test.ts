import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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

  it('begins with those of a new library where the file cannot be used, and says why', async () => {
    await writeFile(path, '[]')
    const settings = await WindowSettingsFile.open(path)
    settings.change({ surround: 'white' })
    await settings.written()
    expect(settings.problem).toMatchObject({ file: 'settings', kind: 'set-aside' })
    expect(settings.current).toMatchObject({ appearance: 'dark', surround: 'white' })
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ surround: 'white' })
  })
})
