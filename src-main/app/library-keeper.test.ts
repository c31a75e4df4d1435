import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { libraryAt, prepareLibrary, type Library } from '../storage/library'
import { EngineKeeper } from '../jobs/engine-keeper'
import { lockRun } from '../storage/run-lock'
import { checkpointPath, readRun, recordJob, recordProgress, runFolder } from '../storage/runs'
import { sidecarPath } from '../storage/sidecar'
import { exampleJob, exampleSidecar, writeSidecar } from '../storage/testing/examples'
import { temporaryFolder } from '../storage/testing/temporary-folder'
import { LibraryKeeper } from './library-keeper'
import { ImageStore } from './pictures/image-store'
import { PictureShelf } from './pictures/picture-shelf'
import { ScreenCopies } from './pictures/screen-copies'
import { RunsInUse } from './runs/runs-in-use'
import { WindowSettingsFile } from './window-settings-file'

let library: Library
let settings: WindowSettingsFile
let images: ImageStore
let shelf: PictureShelf
let inUse: RunsInUse
let keeper: LibraryKeeper
/** Another folder of the person's own. */
let elsewhere: string

beforeEach(async () => {
  const folder = await temporaryFolder()
  library = libraryAt(join(folder, 'library'))
  elsewhere = join(folder, 'elsewhere')
  await prepareLibrary(library)
  await mkdir(elsewhere)
  settings = await WindowSettingsFile.open(library.settings)
  images = new ImageStore()
  // No picture is read here, so no engine is started.
  const engines = new EngineKeeper({ entry: '/nowhere', node: process.execPath })
  shelf = new PictureShelf(images, engines, new ScreenCopies(library, images, engines))
  inUse = new RunsInUse()
  keeper = new LibraryKeeper({ library, settings, images, shelf, inUse })
})

// What is written later would be in the way of the deleting of the folder.
afterEach(() => settings.written())

/** A painting of the window with its sidecar and a checkpoint of ten bytes. */
async function makePainting(runId: string, maker: 'window' | 'terminal' = 'window'): Promise<string> {
  const folder = runFolder(library, runId)
  const path = join(library.pictures, `${runId}.png`)
  await recordJob({ ...exampleJob(runId, folder), output: { path, overwrite: 'same-run' }, maker })
  await recordProgress(folder, { state: 'stopped', iteration: 60, total: 120 })
  await writeFile(checkpointPath(folder), 'checkpoint')
  await writeFile(path, `pixels of ${runId}`)
  await writeSidecar(path, { ...exampleSidecar, runId })
  return folder
}

/** Does `work` while another disk of that size lies under `folder`. */
async function onDiskOf(size: string, folder: string, work: () => Promise<void>): Promise<void> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  try {
    await work()
    await settings.written()
  } finally {
    execFileSync('umount', [folder])
  }
}

const placeOf = async (runId: string): Promise<string | undefined> =>
  (await readRun(runFolder(library, runId)))?.job.output.path

describe('the folder of the paintings', () => {
  it("is the library's own until another is chosen, which the next start knows", async () => {
    expect(keeper.picturesFolder).toBe(library.pictures)
    await keeper.keepPicturesIn(elsewhere)
    expect(keeper.picturesFolder).toBe(elsewhere)
    await settings.written()
    const later = new LibraryKeeper({
      ...{ library, images, shelf, inUse },
      settings: await WindowSettingsFile.open(library.settings),
    })
    expect(later.picturesFolder).toBe(elsewhere)
    await later.keepPicturesIn(library.pictures)
    expect(later.picturesFolder).toBe(library.pictures)
  })

  it('takes the paintings of the window with it, and leaves those of the terminal', async () => {
    await makePainting('window')
    await makePainting('terminal', 'terminal')
    await keeper.keepPicturesIn(elsewhere)
    const moved = join(elsewhere, 'window.png')
    expect(await placeOf('window')).toBe(moved)
    expect(await readFile(moved, 'utf8')).toBe('pixels of window')
    expect(await readFile(sidecarPath(moved), 'utf8')).toContain('"runId":"window"')
    const before = join(library.pictures, 'window.png')
    expect([before, sidecarPath(before)].some((path) => existsSync(path))).toBe(false)
    expect(await placeOf('terminal')).toBe(join(library.pictures, 'terminal.png'))
    expect(existsSync(join(library.pictures, 'terminal.png'))).toBe(true)
  })

  it('holds, at every moment of a move, the file that the run names, whole', async () => {
    await makePainting('run')
    const seen = new Set<string>()
    const move = { isOver: false }
    const moving = keeper.keepPicturesIn(elsewhere).finally(() => {
      move.isOver = true
    })
    do {
      // The place is read before and after: it may change between the look at the run and the look at its file.
      const place = (await placeOf('run')) ?? ''
      const text = await readFile(place, 'utf8').catch(() => null)
      if (text === null) expect(await placeOf('run')).not.toBe(place)
      else expect(text).toBe('pixels of run')
      seen.add(place)
    } while (!move.isOver)
    await moving
    expect(await placeOf('run')).toBe(join(elsewhere, 'run.png'))
    expect(seen.has(join(library.pictures, 'run.png'))).toBe(true)
  })

  it('leaves a painting that somebody works on where it is, and found there', async () => {
    const folder = await makePainting('busy')
    await makePainting('free')
    const lock = await lockRun(folder)
    await keeper.keepPicturesIn(elsewhere)
    await lock.release()
    const place = join(library.pictures, 'busy.png')
    expect(await placeOf('busy')).toBe(place)
    expect([place, sidecarPath(place)].every((path) => existsSync(path))).toBe(true)
    expect(await placeOf('free')).toBe(join(elsewhere, 'free.png'))
    expect((await readdir(elsewhere)).sort()).toEqual(['free.png', 'free.png.json'])
    const { pictures, elsewhere: others } = await keeper.facts()
    expect(pictures.count).toBe(1)
    expect(others).toMatchObject([{ folder: library.pictures, count: 1, error: { code: 'run-busy' } }])
    // Once nothing is in its way any more, the same wish moves it.
    await keeper.keepPicturesIn(elsewhere)
    expect(await placeOf('busy')).toBe(join(elsewhere, 'busy.png'))
    expect(await keeper.facts()).toMatchObject({ pictures: { count: 2 }, elsewhere: [] })
  })

  it('leaves a painting that is begun where it is, before its engine has locked it, and says so', async () => {
    await makePainting('run')
    const letGo = inUse.take('run', 'painting')
    await keeper.keepPicturesIn(elsewhere)
    expect(await placeOf('run')).toBe(join(library.pictures, 'run.png'))
    expect((await keeper.facts()).elsewhere).toMatchObject([
      { count: 1, error: { code: 'run-in-use', data: { use: 'painting' } } },
    ])
    letGo()
    await keeper.keepPicturesIn(elsewhere)
    expect(await placeOf('run')).toBe(join(elsewhere, 'run.png'))
  })

  it('keeps a painting from being begun while it is moved, and no longer', async () => {
    await makePainting('run')
    const refusals: unknown[] = []
    vi.spyOn(images, 'moveFile').mockImplementationOnce(() => {
      try {
        inUse.take('run', 'painting')
      } catch (error) {
        refusals.push(error)
      }
    })
    await keeper.keepPicturesIn(elsewhere)
    expect(refusals).toMatchObject([{ code: 'run-in-use', data: { use: 'move' } }])
    inUse.take('run', 'painting')
  })

  it('says how many stayed, where and why, and counts what lies in it', async () => {
    for (const id of ['blocked-1', 'blocked-2', 'foreign', 'free']) await makePainting(id)
    for (const id of ['blocked-1', 'blocked-2']) await mkdir(join(elsewhere, `${id}.png`))
    await writeFile(join(elsewhere, 'foreign.png'), 'not ours')
    await keeper.keepPicturesIn(elsewhere)
    const facts = await keeper.facts()
    expect(facts.pictures).toEqual({ count: 1, bytes: 'pixels of free'.length })
    const folder = library.pictures
    const stayed = [...facts.elsewhere].sort((one, other) => other.count - one.count)
    expect(stayed).toEqual([
      {
        ...{ folder, count: 2, bytes: 2 * 'pixels of blocked-1'.length },
        error: {
          code: 'output-unwritable',
          // The window learns names and no paths.
          data: { path: expect.stringMatching(/^blocked-\d\.png$/) as string, reason: 'it is not a file' },
        },
      },
      {
        ...{ folder, count: 1, bytes: 'pixels of foreign'.length },
        error: { code: 'output-exists', data: { path: 'foreign.png' } },
      },
    ])
    for (const id of ['blocked-1', 'blocked-2', 'foreign']) {
      expect(await readFile((await placeOf(id)) ?? '', 'utf8')).toBe(`pixels of ${id}`)
    }
  })

  it('never holds a part of a painting under its name, and gives it the times of the original', async () => {
    await makePainting('large')
    const from = join(library.pictures, 'large.png')
    const to = join(elsewhere, 'large.png')
    const size = 200 * 2 ** 20
    await writeFile(from, Buffer.alloc(size, 1))
    const changed = new Date(Date.UTC(2026, 0, 1))
    await utimes(from, changed, changed)
    const sizes = new Set<number>()
    const move = { isOver: false }
    const moving = keeper.keepPicturesIn(elsewhere).finally(() => {
      move.isOver = true
    })
    while (!move.isOver) {
      const file = await stat(to).catch(() => null)
      if (file !== null) sizes.add(file.size)
    }
    await moving
    expect([...sizes].filter((part) => part !== size)).toEqual([])
    expect(await stat(to)).toMatchObject({ size, mtime: changed })
  })

  it('receives, when the program ends, the painting that is on its way, and no other', async () => {
    const ids = ['one', 'two', 'three']
    for (const id of ids) await makePainting(id)
    // It is copied then, and not yet gone from where it was.
    const onItsWay = vi.spyOn(images, 'moveFile')
    onItsWay.mockImplementationOnce(() => void keeper.endMove())
    const moving = keeper.keepPicturesIn(elsewhere)
    await expect.poll(() => onItsWay.mock.calls.length, { interval: 1 }).toBe(1)
    await keeper.endMove()
    const places = await Promise.all(ids.map(placeOf))
    const moved = places.filter((place) => place !== undefined && dirname(place) === elsewhere)
    const names = moved.map((place = '') => basename(place))
    expect(names).toHaveLength(1)
    expect(await readdir(elsewhere)).toEqual(names.flatMap((name) => [name, `${name}.json`]))
    expect(await readdir(library.pictures)).toHaveLength(4)
    await moving
    expect(await Promise.all(ids.map(placeOf))).toEqual(places)
  })

  it('does not keep the program where its disk does not answer', async () => {
    await makePainting('run')
    const sidecar = sidecarPath(join(library.pictures, 'run.png'))
    await rm(sidecar)
    // Whoever opens a pipe waits for its other end.
    execFileSync('mkfifo', [sidecar])
    const moving = keeper.keepPicturesIn(elsewhere)
    await expect
      .poll(() => readdir(runFolder(library, 'run')))
      .toContainEqual(expect.stringMatching(/\.lock$/))
    const began = Date.now()
    await keeper.endMove()
    expect(Date.now() - began).toBeLessThan(6000)
    expect(await placeOf('run')).toBe(join(library.pictures, 'run.png'))
    await writeFile(sidecar, '{}')
    await moving
  }, 15_000)

  it('takes the copy that an earlier move left, or its sidecar alone', async () => {
    for (const id of ['whole', 'begun']) await makePainting(id)
    const before = (id: string): string => join(library.pictures, `${id}.png`)
    const copied = (id: string): string => join(elsewhere, `${id}.png`)
    await copyFile(before('whole'), copied('whole'))
    for (const id of ['whole', 'begun']) await copyFile(sidecarPath(before(id)), sidecarPath(copied(id)))
    await keeper.keepPicturesIn(elsewhere)
    for (const id of ['whole', 'begun']) {
      expect(await placeOf(id)).toBe(copied(id))
      expect(await readFile(copied(id), 'utf8')).toBe(`pixels of ${id}`)
      expect(existsSync(before(id))).toBe(false)
    }
  })

  it.each(['picture', 'sidecar'])(
    'replaces no %s of the same run that somebody has changed',
    async (what) => {
      await makePainting('run')
      const copied = join(elsewhere, 'run.png')
      const text = (retouched: boolean): string => (retouched ? 'pixels, retouched' : 'pixels of run')
      await writeFile(copied, text(what === 'picture'))
      const sidecar = { ...exampleSidecar, runId: 'run', iteration: what === 'sidecar' ? 7 : 60 }
      await writeSidecar(copied, sidecar)
      await keeper.keepPicturesIn(elsewhere)
      expect(await readFile(copied, 'utf8')).toBe(text(what === 'picture'))
      expect(await readFile(sidecarPath(copied), 'utf8')).toBe(JSON.stringify(sidecar))
      expect(await placeOf('run')).toBe(join(library.pictures, 'run.png'))
      const { elsewhere: stayed } = await keeper.facts()
      expect(stayed).toMatchObject([
        { folder: library.pictures, count: 1, error: { code: 'output-exists', data: { path: 'run.png' } } },
      ])
    },
  )

  it('stays what it was where the new one is missing', async () => {
    await makePainting('run')
    await expect(keeper.keepPicturesIn(join(elsewhere, 'missing'))).rejects.toMatchObject({
      code: 'output-folder-missing',
    })
    expect(keeper.picturesFolder).toBe(library.pictures)
    expect(existsSync((await placeOf('run')) ?? '')).toBe(true)
  })

  it.each(['', 'runs', 'screen', 'kept', 'runs/run', 'screen/mine'])(
    'is never the folder %j of the library, which is tidied, by whatever name',
    async (name) => {
      await makePainting('run')
      const folder = join(library.folder, name)
      await mkdir(folder, { recursive: true })
      const link = join(elsewhere, 'link')
      await symlink(folder, link)
      for (const path of [folder, `${folder}/`, link]) {
        await expect(keeper.keepPicturesIn(path)).rejects.toMatchObject({ code: 'folder-of-library' })
      }
      expect(keeper.picturesFolder).toBe(library.pictures)
      expect(await placeOf('run')).toBe(join(library.pictures, 'run.png'))
    },
  )

  it("may be a folder within the library's own, or one whose name begins as the library's", async () => {
    for (const folder of [join(library.pictures, 'portraits'), `${library.folder} of mine`]) {
      await mkdir(folder)
      await keeper.keepPicturesIn(folder)
      expect(keeper.picturesFolder).toBe(folder)
    }
  })

  it('loses no painting where the new one is the same by another name', async () => {
    await makePainting('run')
    const link = join(elsewhere, 'link')
    await symlink(library.pictures, link)
    await keeper.keepPicturesIn(link)
    expect(await readFile((await placeOf('run')) ?? '', 'utf8')).toBe('pixels of run')
  })

  it('keeps a file of another program that has the name of a painting', async () => {
    await makePainting('run')
    const foreign = join(elsewhere, 'run.png')
    await writeFile(foreign, 'not ours')
    await keeper.keepPicturesIn(elsewhere)
    expect(await readFile(foreign, 'utf8')).toBe('not ours')
    expect(await readFile((await placeOf('run')) ?? '', 'utf8')).toBe('pixels of run')
  })
})

// Only root may mount the small disks that these tests fill.
describe.runIf(process.getuid?.() === 0)('a disk that is full', () => {
  it('takes what it can: how many paintings stayed where they were, and why, is said', async () => {
    await makePainting('small')
    await makePainting('large')
    const large = join(library.pictures, 'large.png')
    await writeFile(large, Buffer.alloc(2 ** 20))
    await onDiskOf('512k', elsewhere, async () => {
      await keeper.keepPicturesIn(elsewhere)
      expect((await readdir(elsewhere)).sort()).toEqual(['small.png', 'small.png.json'])
      expect(await keeper.facts()).toMatchObject({
        pictures: { count: 1 },
        elsewhere: [
          {
            ...{ folder: library.pictures, count: 1, bytes: 2 ** 20 },
            error: { code: 'disk-full', data: { path: 'large.png' } },
          },
        ],
      })
      expect((await stat(large)).size).toBe(2 ** 20)
      expect(existsSync(sidecarPath(large))).toBe(true)
    })
  })

  it('of the library, where the new place cannot be written down, keeps the painting where it was', async () => {
    await onDiskOf('512k', library.folder, async () => {
      await prepareLibrary(library)
      await makePainting('run')
      await writeFile(join(library.folder, 'filling'), Buffer.alloc(2 ** 20)).catch(() => undefined)
      await keeper.keepPicturesIn(elsewhere)
      const place = join(library.pictures, 'run.png')
      expect(await placeOf('run')).toBe(place)
      expect(await readFile(place, 'utf8')).toBe('pixels of run')
      expect(await readdir(elsewhere)).toEqual([])
      expect((await keeper.facts()).elsewhere).toMatchObject([{ count: 1, error: { code: 'disk-full' } }])
    })
  })
})

describe('the room that the library takes', () => {
  it('counts the paintings of the window that are there, and the checkpoints that can be cleared', async () => {
    await makePainting('one')
    await makePainting('gone')
    await makePainting('terminal', 'terminal')
    await rm(join(library.pictures, 'gone.png'))
    const { pictures, checkpoints, library: all } = await keeper.facts()
    expect(pictures).toEqual({ count: 1, bytes: (await stat(join(library.pictures, 'one.png'))).size })
    expect(checkpoints).toEqual({ bytes: 2 * 'checkpoint'.length })
    expect(all.bytes).toBeGreaterThan(pictures.bytes + checkpoints.bytes)
  })

  it('shrinks by the checkpoints of the ended paintings of the window', async () => {
    await makePainting('one')
    await makePainting('terminal', 'terminal')
    await keeper.clearCheckpoints()
    expect((await keeper.facts()).checkpoints).toEqual({ bytes: 0 })
    expect(existsSync(checkpointPath(runFolder(library, 'terminal')))).toBe(true)
    expect(await placeOf('one')).toBe(join(library.pictures, 'one.png'))
  })
})
