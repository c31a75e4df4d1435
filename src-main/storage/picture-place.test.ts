import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { libraryAt, prepareLibrary } from './library'
import { picturePlace } from './picture-place'
import { temporaryFolder } from './testing/temporary-folder'

describe('picturePlace', () => {
  it('tells a picture that was deleted from one on a disk that is away', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'usb'))
    await writeFile(join(folder, 'usb', 'a.png'), 'a')
    const paths = ['usb/a.png', 'usb/b.png', 'other usb/a.png', 'usb/a.png/b.png']
    const places = await Promise.all(
      paths.map((path) => picturePlace(join(folder, path), libraryAt('/library'))),
    )
    expect(places).toEqual(['there', 'gone', 'unknown', 'unknown'])
  })

  it('does not take an empty folder for one that the picture was deleted from, but where it is the library’s', async () => {
    const folder = await temporaryFolder()
    const library = libraryAt(join(folder, 'library'))
    await prepareLibrary(library)
    await mkdir(join(folder, 'mount point'))
    expect(await picturePlace(join(folder, 'mount point', 'a.png'), library)).toBe('unknown')
    expect(await picturePlace(join(library.pictures, 'a.png'), library)).toBe('gone')
    await rm(library.pictures, { recursive: true })
    await symlink(join(folder, 'mount point'), library.pictures)
    expect(await picturePlace(join(library.pictures, 'a.png'), library)).toBe('unknown')
  })
})
