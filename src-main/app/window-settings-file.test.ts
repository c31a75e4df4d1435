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

  it('begins anew where the file is broken', async () => {
    await writeFile(path, '{"appearance":')
    const settings = await WindowSettingsFile.open(path)
    settings.change({ surround: 'white' })
    await settings.written()
    expect(await readFile(path, 'utf8')).toContain('"white"')
  })
})
