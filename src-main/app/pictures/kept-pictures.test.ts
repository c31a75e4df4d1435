import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wholePicture } from '../../../src-shared/model/framing'
import { defaultStyleRecipe } from '../../../src-shared/model/style-recipe'
import { libraryAt, prepareLibrary, type Library } from '../../storage/library'
import { recordJob, recordOutput, recordProgress, runFolder } from '../../storage/runs'
import { keepPicture, sweepKeptPictures } from './kept-pictures'

let library: Library
beforeEach(async () => {
  library = libraryAt(await mkdtemp(join(tmpdir(), 'impasto-kept-')))
  await prepareLibrary(library)
})
afterEach(() => rm(library.folder, { recursive: true }))

async function makeRun(photograph: string): Promise<void> {
  const folder = runFolder(library, 'run')
  await recordJob({
    kind: 'stylize',
    runId: 'run',
    folder,
    photograph: { path: photograph, framing: wholePicture },
    painting: { path: '/somewhere/painting.png' },
    initialImage: null,
    recipe: defaultStyleRecipe,
    additionalIterations: 0,
    output: { path: join(library.pictures, 'run.png'), overwrite: 'same-run' },
    resume: false,
    maker: 'window',
    previews: true,
  })
  await recordProgress(folder, { state: 'running', iteration: 3, total: 9 })
}

describe('kept pictures', () => {
  it('keep their names and never replace one another, and the same picture is kept once', async () => {
    const first = await keepPicture(library, 'pasted.png', Uint8Array.of(1))
    const second = await keepPicture(library, 'pasted.png', Uint8Array.of(2))
    expect(first).not.toBe(second)
    expect(await keepPicture(library, 'pasted.png', Uint8Array.of(1))).toBe(first)
    expect([...(await readFile(first))]).toEqual([1])
    expect(first.endsWith('/pasted.png')).toBe(true)
  })

  it('stay inside the library, whatever they are called', async () => {
    const odd = ['../../escaped.png', '..', '.', '/', 'line\nbreak.png', `${'ö'.repeat(150)}.png`, '🎨.png']
    for (const name of odd) {
      const path = await keepPicture(library, name, Uint8Array.of(1))
      expect(path.startsWith(join(library.folder, 'kept'))).toBe(true)
      expect([...(await readFile(path))]).toEqual([1])
    }
  })

  it.each([
    ['', 'picture'],
    ['..', 'picture'],
    ['/', 'picture'],
    ['zero\0byte.png', 'zerobyte.png'],
    ['C:\\Pictures\\<night>?.jpg', 'night.jpg'],
    ['日本'.repeat(100) + '.png', '日本'.repeat(28) + '.png'],
    ['Übung [1], 日本.png', 'Übung [1], 日本.png'],
  ])('named %j are kept as %j', async (name, kept) => {
    expect(basename(await keepPicture(library, name, Uint8Array.of(1)))).toBe(kept)
  })

  it('are deleted when neither a run nor the desk needs them', async () => {
    const needed = await keepPicture(library, 'needed.png', Uint8Array.of(1))
    const forgotten = await keepPicture(library, 'forgotten.png', Uint8Array.of(2))
    const onDesk = await keepPicture(library, 'on-desk.png', Uint8Array.of(3))
    await makeRun(needed)
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    for (const path of [needed, onDesk, forgotten]) await utimes(dirname(path), longAgo, longAgo)
    const fresh = await keepPicture(library, 'fresh.png', Uint8Array.of(4))
    await sweepKeptPictures(library, [onDesk])
    const kept = [needed, onDesk, fresh, forgotten].map((path) => existsSync(path))
    expect(kept).toEqual([true, true, true, false])
  })

  it('are all that is deleted: what a person put beside them stays, and so does a painting that lies with them', async () => {
    const folder = join(library.folder, 'kept')
    const withPainting = await keepPicture(library, 'kept.png', Uint8Array.of(1))
    const painting = join(dirname(withPainting), 'run.png')
    const foreign = [join(folder, 'painting.png'), join(folder, 'mine', 'painting.png')]
    await mkdir(join(folder, 'mine'))
    for (const path of [painting, ...foreign]) await writeFile(path, 'painting')
    await makeRun(join(library.folder, 'photograph.png'))
    await recordOutput(runFolder(library, 'run'), painting)
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    for (const path of [...foreign, join(folder, 'mine'), dirname(painting)]) {
      await utimes(path, longAgo, longAgo)
    }
    await sweepKeptPictures(library, [])
    expect([painting, ...foreign].filter((path) => !existsSync(path))).toEqual([])
  })

  it('stay while there is a run that cannot be read: it may need them', async () => {
    const kept = await keepPicture(library, 'kept.png', Uint8Array.of(1))
    await mkdir(join(library.runs, 'newer'))
    await writeFile(join(library.runs, 'newer', 'job.json'), '{"version":3}')
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    await utimes(dirname(kept), longAgo, longAgo)
    await sweepKeptPictures(library, [])
    expect(existsSync(kept)).toBe(true)
  })

  it('stay while the runs cannot be listed', async () => {
    const kept = await keepPicture(library, 'kept.png', Uint8Array.of(1))
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    await utimes(dirname(kept), longAgo, longAgo)
    await rm(library.runs, { recursive: true })
    await writeFile(library.runs, 'no folder')
    await sweepKeptPictures(library, [])
    expect(existsSync(kept)).toBe(true)
  })
})
