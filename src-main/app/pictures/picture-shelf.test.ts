import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wholePicture } from '../../../src-shared/model/framing'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import type { Desk } from '../../../src-shared/model/desk'
import { SAMPLES } from '../../engine/image/testing/pictures'
import { EngineKeeper } from '../../jobs/engine-keeper'
import { libraryAt, prepareLibrary, type Library } from '../../storage/library'
import { recordJob, recordOutput, runFolder } from '../../storage/runs'
import { exampleJob } from '../../storage/testing/examples'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { DeskFile } from './desk-file'
import { ImageStore } from './image-store'
import { PictureShelf } from './picture-shelf'
import { sampleFiles } from './samples'
import { ScreenCopies } from './screen-copies'

const DAY = 24 * 60 * 60 * 1000

let library: Library
let engines: EngineKeeper
let images: ImageStore
let copies: ScreenCopies
let shelf: PictureShelf
let cat: string
let rocket: string

const sample = (name: string): string => join(SAMPLES, 'photographs', name)

beforeEach(async () => {
  library = libraryAt(await temporaryFolder())
  await prepareLibrary(library)
  cat = join(library.folder, 'cat.png')
  rocket = join(library.folder, 'rocket.jpg')
  await copyFile(sample('chelsea.png'), cat)
  await copyFile(sample('rocket.jpg'), rocket)
  startProgram()
})

afterEach(() => engines.kill())

/** A start of the program: what it knows of earlier ones is in the library. No engine runs until one is asked. */
function startProgram(): void {
  const entry = new URL('../../jobs/testing/quick-painter.mjs', import.meta.url).pathname
  engines = new EngineKeeper({ entry, node: process.execPath })
  images = new ImageStore()
  copies = new ScreenCopies(library, images, engines)
  shelf = new PictureShelf(images, engines, copies)
}

async function startAgain(): Promise<void> {
  await engines.kill()
  startProgram()
}

/** A file that is written anew has another time of change, even within one tick of the clock. */
async function replace(path: string, by: string): Promise<void> {
  const { mtimeMs } = await stat(path)
  await copyFile(by, path)
  const later = new Date(mtimeMs + 1000)
  await utimes(path, later, later)
}

describe('a picture of the shelf', () => {
  it('is the same one where its file is opened twice', async () => {
    const first = await shelf.add(cat, await shelf.inspect(cat))
    expect(await shelf.add(cat, await shelf.inspect(cat))).toBe(first)
    expect(await shelf.pictureOf(cat)).toBe(first)
    expect(first).toMatchObject({ name: 'cat.png', origin: 'own', width: 451, height: 300 })
    expect(shelf.path(first.id)).toBe(cat)
  })

  it('is one and the same where two ask for it at once', async () => {
    const [one, other] = await Promise.all([shelf.pictureOf(cat), shelf.pictureOf(cat)])
    expect(one).toBe(other)
  })

  it('is another one where its file has changed', async () => {
    const before = await shelf.pictureOf(cat)
    await replace(cat, sample('astronaut.png'))
    const after = await shelf.pictureOf(cat)
    expect(after.id).not.toBe(before.id)
    expect(after).toMatchObject({ width: 512, height: 512 })
  })

  it('is refused where its file is gone', async () => {
    await shelf.pictureOf(cat)
    await rm(cat)
    await expect(shelf.pictureOf(cat)).rejects.toMatchObject({ code: 'file-missing' })
  })

  it('that is a sample is known by its title, and never read', async () => {
    const [file] = sampleFiles(SAMPLES).paintings
    if (file === undefined) throw new Error('There are samples')
    const painting = shelf.addSample(file)
    expect(await shelf.pictureOf(file.path)).toBe(painting)
    expect(shelf.nameOf(file.path)).toBe('The Night Café')
    expect(await shelf.restore(shelf.reference(painting.id))).toBe(painting)
    expect(engines.processId).toBeNull()
  })

  it('is restored at the next start without an engine where its file has not changed', async () => {
    const before = await shelf.pictureOf(cat)
    const reference = shelf.reference(before.id)
    await startAgain()
    const { name, width, height, id } = await shelf.restore(reference)
    expect({ name, width, height }).toEqual({ name: 'cat.png', width: 451, height: 300 })
    expect((await images.read(id))?.contentType).toBe('image/jpeg')
    expect(engines.processId).toBeNull()
  })

  it('is read anew at the next start where its file has changed', async () => {
    const reference = shelf.reference((await shelf.pictureOf(cat)).id)
    await replace(cat, sample('astronaut.png'))
    await startAgain()
    expect(await shelf.restore(reference)).toMatchObject({ width: 512, height: 512 })
  })
})

describe('copies for the screen', () => {
  const quarterTurn = { ...wholePicture, quarterTurns: 1 }
  const copiesNow = async (): Promise<readonly string[]> => (await readdir(library.screen)).sort()

  it('are made once for each framing', async () => {
    const { id } = await shelf.pictureOf(cat)
    expect(await shelf.framed(id, wholePicture)).toEqual({ image: id, width: 451, height: 300 })
    expect(await copiesNow()).toHaveLength(1)
    expect(await shelf.framed(id, quarterTurn)).toMatchObject({ width: 300, height: 451 })
    const made = await copiesNow()
    expect(made).toHaveLength(2)
    await engines.kill()
    await shelf.framed(id, quarterTurn)
    expect(await copiesNow()).toEqual(made)
    expect(engines.processId).toBeNull()
  })

  it('that nobody has looked for in a week are deleted, and made again when they are', async () => {
    const { id } = await shelf.pictureOf(cat)
    await shelf.framed(id, quarterTurn)
    const weekFromNow = new Date(Date.now() + 8 * DAY)
    await copies.sweep(new Date(Date.now() + 6 * DAY))
    expect(await copiesNow()).toHaveLength(2)
    // Looking for one notes that it is used.
    for (const name of await copiesNow()) {
      const old = new Date(Date.now() - 8 * DAY)
      await utimes(join(library.screen, name), old, old)
    }
    await shelf.framed(id, quarterTurn)
    await copies.sweep(new Date())
    expect(await copiesNow()).toHaveLength(1)
    await copies.sweep(weekFromNow)
    expect(await copiesNow()).toEqual([])
    const { image } = await shelf.framed(id, quarterTurn)
    expect((await images.read(image))?.contentType).toBe('image/jpeg')
  })
})

describe('the desk', () => {
  /** A desk with the cat and the rocket, the cat being chosen and turned. */
  async function keepDesk(): Promise<Desk> {
    const photographs = [await shelf.pictureOf(rocket), await shelf.pictureOf(cat)].map(({ id }) => id)
    const [, chosen = null] = photographs
    const desk: Desk = {
      photographs,
      paintings: photographs,
      photograph: chosen,
      framing: { ...wholePicture, quarterTurns: 1 },
      painting: photographs[0] ?? null,
      initialImage: chosen,
      recipe: { ...defaultStyleRecipe, strength: 12 },
      shown: 'run',
    }
    const file = await DeskFile.open(library, shelf)
    file.keep(desk)
    await file.written()
    return desk
  }

  const reopen = async (): Promise<DeskFile> => {
    await startAgain()
    return DeskFile.open(library, shelf)
  }

  it('is the same at the next start', async () => {
    await keepDesk()
    const file = await reopen()
    const restored = await file.restore()
    expect(restored?.photographs.map(({ name }) => name)).toEqual(['rocket.jpg', 'cat.png'])
    expect(restored?.paintings.map(({ name }) => name)).toEqual(['rocket.jpg', 'cat.png'])
    expect(restored?.desk).toMatchObject({
      photograph: restored?.photographs[1]?.id,
      painting: restored?.paintings[0]?.id,
      initialImage: restored?.photographs[1]?.id,
      framing: { quarterTurns: 1 },
      recipe: { strength: 12 },
      shown: 'run',
    })
    expect(restored?.framed).toMatchObject({ width: 300, height: 451 })
    expect(restored?.refusals).toEqual([])
    expect(new Set(await file.files())).toEqual(new Set([cat, rocket]))
  })

  it('lacks a picture that is gone, names it, and has the others', async () => {
    await keepDesk()
    await rm(cat)
    const restored = await (await reopen()).restore()
    expect(restored?.photographs.map(({ name }) => name)).toEqual(['rocket.jpg'])
    expect(restored?.desk).toMatchObject({ photograph: null, initialImage: null })
    expect(restored?.desk.painting).toBe(restored?.paintings[0]?.id)
    expect(restored?.framed).toBeNull()
    const missing = { name: 'cat.png', error: { code: 'file-missing', data: { path: 'cat.png' } } }
    expect(restored?.refusals).toMatchObject([
      { ...missing, role: 'photograph' },
      { ...missing, role: 'painting' },
      { ...missing, role: 'painting' },
    ])
  })

  it('keeps a picture whose disk is away, whatever is changed meanwhile, and has it again with the disk', async () => {
    const usb = join(library.folder, 'usb')
    await mkdir(usb)
    await rename(cat, join(usb, 'cat.png'))
    cat = join(usb, 'cat.png')
    await keepDesk()
    const away = join(library.folder, 'away')
    await rename(usb, away)
    const without = await reopen()
    const { desk } = (await without.restore()) ?? {}
    if (desk === undefined) throw new Error('There is a desk')
    expect(desk).toMatchObject({ photograph: null, initialImage: null })
    without.keep({ ...desk, shown: null })
    without.keep({ ...desk, paintings: [], painting: null, shown: 'another' })
    await without.written()
    expect(new Set(await without.files())).toEqual(new Set([cat, rocket]))
    await rename(away, usb)
    const restored = await (await reopen()).restore()
    expect(restored?.photographs.map(({ name }) => name)).toEqual(['rocket.jpg', 'cat.png'])
    expect(restored?.paintings.map(({ name }) => name)).toEqual(['cat.png'])
    expect(restored?.desk).toMatchObject({
      photograph: restored?.photographs[1]?.id,
      painting: null,
      initialImage: restored?.paintings[0]?.id,
      shown: 'another',
    })
    expect(restored?.refusals).toEqual([])
  })

  it('keeps a picture that came back and was opened once', async () => {
    const usb = join(library.folder, 'usb')
    await mkdir(usb)
    await rename(cat, join(usb, 'cat.png'))
    cat = join(usb, 'cat.png')
    await keepDesk()
    await rename(usb, join(library.folder, 'away'))
    const file = await reopen()
    const { desk } = (await file.restore()) ?? {}
    if (desk === undefined) throw new Error('There is a desk')
    await rename(join(library.folder, 'away'), usb)
    const { id } = await shelf.pictureOf(cat)
    file.keep({ ...desk, photographs: [id, ...desk.photographs] })
    await file.written()
    const restored = await (await reopen()).restore()
    expect(restored?.photographs.map(({ name }) => name)).toEqual(['cat.png', 'rocket.jpg'])
  })

  it('does not keep a picture that is gone', async () => {
    await keepDesk()
    await rm(cat)
    const file = await reopen()
    const { desk } = (await file.restore()) ?? {}
    if (desk === undefined) throw new Error('There is a desk')
    file.keep(desk)
    expect(new Set(await file.files())).toEqual(new Set([rocket]))
  })

  it('has a painting of the person’s own where that was moved since', async () => {
    const run = runFolder(library, 'run')
    const painting = join(library.pictures, 'run.png')
    await rename(cat, painting)
    cat = painting
    await recordJob({ ...exampleJob('run', run), output: { path: cat, overwrite: 'never' } })
    await keepDesk()
    const moved = join(library.folder, 'run.png')
    await rename(cat, moved)
    await recordOutput(run, moved)
    const restored = await (await reopen()).restore()
    expect(restored?.refusals).toEqual([])
    expect(restored?.desk.photograph).toBe(restored?.photographs[1]?.id)
    expect(shelf.path(restored?.desk.initialImage ?? '')).toBe(moved)
  })

  it('is empty in a new library', async () => {
    const file = await DeskFile.open(library, shelf)
    expect(await file.restore()).toBeNull()
    expect(await file.files()).toEqual([])
  })
})
