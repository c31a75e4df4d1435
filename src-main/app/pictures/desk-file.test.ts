import { readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../../src-shared/model/desk'
import { wholePicture } from '../../../src-shared/model/framing'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { EngineKeeper } from '../../jobs/engine-keeper'
import { libraryAt, prepareLibrary, type Library } from '../../storage/library'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { DeskFile } from './desk-file'
import { ImageStore } from './image-store'
import { PictureShelf } from './picture-shelf'
import { ScreenCopies } from './screen-copies'

const pasted = '/library/kept/0123456789abcdef0123456789abcdef/pasted.png'

let library: Library
let shelf: PictureShelf
beforeEach(async () => {
  library = libraryAt(await temporaryFolder())
  await prepareLibrary(library)
  const images = new ImageStore()
  // No picture is read here, so no engine is started.
  const engines = new EngineKeeper({ entry: '/nowhere', node: process.execPath })
  shelf = new PictureShelf(images, engines, new ScreenCopies(library, images, engines))
})

const emptyDesk: Desk = {
  ...{ photographs: [], paintings: [], photograph: null, painting: null, initialImage: null, shown: null },
  ...{ framing: wholePicture, recipe: defaultStyleRecipe },
}

/** A desk.json on which a pasted picture lies. */
const keptText = JSON.stringify({
  ...{ version: 1, ...emptyDesk },
  paintings: [{ kind: 'file', path: pasted, bytes: 1, changed: 1, width: 64, height: 64, hasAlpha: false }],
})

/** What a window does that opens and changes something. */
async function openAndChange(): Promise<DeskFile> {
  const desk = await DeskFile.open(library, shelf)
  desk.keep({ ...emptyDesk, shown: 'run' })
  await desk.written()
  return desk
}

describe('the desk', () => {
  it('keeps its pictures from being swept', async () => {
    await writeFile(library.desk, keptText)
    const desk = await DeskFile.open(library, shelf)
    expect(desk.problem).toBeNull()
    expect(await desk.files()).toEqual([pasted])
    desk.keep(emptyDesk)
    expect(await desk.files()).toEqual([])
  })

  it('that is damaged is set aside at the first change, and nothing is swept while it lies there', async () => {
    const damaged = keptText.slice(0, -5)
    await writeFile(library.desk, damaged)
    const desk = await openAndChange()
    const [aside = ''] = (await readdir(library.folder)).filter((name) => name.startsWith('desk-set-aside'))
    expect(desk.problem).toEqual({ file: 'desk', kind: 'set-aside', name: aside })
    expect(await readFile(join(library.folder, aside), 'utf8')).toBe(damaged)
    expect(await desk.files()).toBeNull()
    const later = await openAndChange()
    expect(later.problem).toBeNull()
    expect(await later.files()).toBeNull()
    await rm(join(library.folder, aside))
    expect(await later.files()).toEqual([])
  })

  it('that cannot be read is not overwritten by the first change, and its pictures stay', async () => {
    // A name that is too long stands for whatever keeps the system from reading what is there.
    await symlink('n'.repeat(300), library.desk)
    const desk = await openAndChange()
    expect(desk.problem).toMatchObject({ file: 'desk', kind: 'unreadable' })
    expect(await desk.files()).toBeNull()
    expect(await readlink(library.desk)).toBe('n'.repeat(300))
  })

  it("that is a newer program's waits for that as it is", async () => {
    const text = JSON.stringify({ version: 2, easel: true })
    await writeFile(library.desk, text)
    const desk = await openAndChange()
    expect(desk.problem).toEqual({ file: 'desk', kind: 'newer' })
    expect(await readFile(library.desk, 'utf8')).toBe(text)
    expect(await desk.files()).toBeNull()
  })
})
