import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { picturePlace } from './picture-place'
import { temporaryFolder } from './testing/temporary-folder'

describe('picturePlace', () => {
  it('tells a picture that was deleted from one on a disk that is away', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'usb'))
    await writeFile(join(folder, 'usb', 'a.png'), 'a')
    const paths = ['usb/a.png', 'usb/b.png', 'other usb/a.png', 'usb/a.png/b.png']
    const places = await Promise.all(paths.map((path) => picturePlace(join(folder, path))))
    expect(places).toEqual(['there', 'gone', 'unknown', 'unknown'])
  })
})
