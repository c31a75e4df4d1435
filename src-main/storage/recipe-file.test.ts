import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { defaultStyleRecipe } from '../../src-shared/model/style-recipe'
import { hashFile } from './file-hash'
import { parseRecipe, readRecipeFile } from './recipe-file'
import { originOfPicture, readSidecar, sidecarPath, writePicture } from './sidecar'
import { exampleSidecar, writeSidecar } from './testing/examples'
import { temporaryFolder } from './testing/temporary-folder'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

async function written(name: string, value: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

describe('readRecipeFile', () => {
  it('fills what a recipe leaves out with the defaults', async () => {
    const path = await written('recipe.json', { size: 320 })
    expect(await readRecipeFile(path)).toEqual({ ...defaultStyleRecipe, size: 320 })
  })

  it('passes over the mark with which some editors begin a text', async () => {
    const path = await written('recipe.json', '\ufeff{"size":320}')
    expect(await readRecipeFile(path)).toMatchObject({ size: 320 })
  })

  it('finds the recipe of a picture in its sidecar, by either name', async () => {
    const picture = join(folder, 'painted.png')
    await writeSidecar(picture, exampleSidecar)
    expect(await readRecipeFile(picture)).toEqual(exampleSidecar.recipe)
    expect(await readRecipeFile(sidecarPath(picture))).toEqual(exampleSidecar.recipe)
  })

  it('refuses a recipe of a newer version, also inside a sidecar', async () => {
    const newer = { version: 2, brush: 'flat' }
    for (const path of [await written('a.json', newer), await written('b.json', { recipe: newer })]) {
      await expect(readRecipeFile(path)).rejects.toMatchObject({
        code: 'recipe-too-new',
        data: { path, version: 2, newest: 1 },
      })
    }
  })

  it('says what is wrong with a recipe', async () => {
    const path = await written('recipe.json', { size: 20, strenght: 5 })
    await expect(readRecipeFile(path)).rejects.toMatchObject({
      code: 'recipe-invalid',
      data: { path, issues: [expect.stringContaining('size'), expect.stringContaining('strenght')] },
    })
  })

  it.each([
    ['text', 'size: 320'],
    ['nothing', ''],
    ['a list', '[320]'],
    ['a long file', ' '.repeat(1_000_001)],
    ['a list in lists', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ])('refuses %s', async (_, content) => {
    const path = await written('recipe.json', content)
    await expect(readRecipeFile(path)).rejects.toMatchObject({ code: 'recipe-invalid', data: { path } })
  })

  it('says that it is a folder', async () => {
    await expect(readRecipeFile(folder)).rejects.toMatchObject({
      code: 'not-a-file',
      data: { path: folder, kind: 'folder' },
    })
  })

  it('says that a file is missing', async () => {
    await expect(readRecipeFile(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'file-missing' })
  })

  it('checks a recipe that came from no file', () => {
    expect(() => parseRecipe({ version: 7 }, null)).toThrow(
      expect.objectContaining({ code: 'recipe-invalid' }),
    )
  })
})

describe('a sidecar', () => {
  let picture: string
  beforeEach(() => {
    picture = join(folder, 'painted.webp')
  })
  const save = (bytes: Uint8Array) => writePicture(picture, bytes, exampleSidecar, { replace: true })

  it('comes back as it was written, with what the picture holds', async () => {
    await save(Uint8Array.of(1))
    const sha256 = await hashFile(picture)
    expect(await readSidecar(picture)).toEqual({ ...exampleSidecar, picture: { sha256, replaced: null } })
    expect(await originOfPicture(picture, 'run-1')).toBe('same-run')
    expect(await originOfPicture(picture, 'run-2')).toBe('foreign')
  })

  it('tells a picture that was changed from one that its run saved', async () => {
    await save(Uint8Array.of(1))
    await save(Uint8Array.of(2))
    expect(await originOfPicture(picture, 'run-1')).toBe('same-run')
    await writeFile(picture, 'retouched')
    expect(await originOfPicture(picture, 'run-1')).toBe('changed')
    await rm(picture)
    expect(await originOfPicture(picture, 'run-1')).toBe('same-run')
  })

  it('knows the picture that a process which was killed after it did not replace any more', async () => {
    await save(Uint8Array.of(1))
    await save(Uint8Array.of(2))
    await writeFile(picture, Uint8Array.of(1))
    expect(await originOfPicture(picture, 'run-1')).toBe('same-run')
  })

  it('names its run even where another version wrote it', async () => {
    await writeFile(picture, 'pixels')
    await writeFile(sidecarPath(picture), JSON.stringify({ program: 'Impasto', runId: 'run-9', recipe: 1 }))
    expect(await readSidecar(picture)).toBeNull()
    expect(await originOfPicture(picture, 'run-9')).toBe('same-run')
  })

  it('is none where another program wrote the file', async () => {
    await writeFile(sidecarPath(picture), JSON.stringify({ program: 'Other', runId: 'run-9' }))
    expect(await originOfPicture(picture, 'run-9')).toBe('foreign')
  })
})
