/** @file The tasks around a painting: looking at a picture, showing it, saving it elsewhere. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import { engineTasks } from '../../../src-shared/contract/engine-tasks'
import { wholePicture } from '../../../src-shared/model/framing'
import { hashFile } from '../../storage/file-hash'
import { readSidecar } from '../../storage/sidecar'
import { exampleSidecar } from '../../storage/testing/examples'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { decodeImage } from '../image/decode-image'
import { recipeToXmp } from '../image/recipe-xmp'
import { readEmbeddedRecipe, saveImage } from '../image/save-image'
import { quarters, SAMPLES } from '../image/testing/pictures'
import { exportPainting } from './export-painting'
import { inspectPicture } from './inspect-picture'
import { measure } from './measure'
import { renderPicture } from './render-picture'

const photograph = join(SAMPLES, 'photographs/rocket.jpg')

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

/** A painting as the stylize task leaves it in the library. */
async function paintedPicture(): Promise<string> {
  const path = join(folder, 'painted.png')
  const { recipe } = exampleSidecar
  await saveImage(quarters(40, 30), path, { recipe, sidecar: exampleSidecar, replace: false })
  return path
}

describe('inspect-picture', () => {
  it('tells size and format', async () => {
    const picture = await inspectPicture({ path: photograph })
    const { length } = await readFile(photograph)
    expect(picture).toEqual({ width: 640, height: 427, format: 'jpeg', bytes: length, hasAlpha: false })
    expect(engineTasks['inspect-picture'].result.parse(picture)).toEqual(picture)
  })

  it('finds the recipe of a painting', async () => {
    expect(await inspectPicture({ path: await paintedPicture() })).toMatchObject({
      format: 'png',
      recipe: exampleSidecar.recipe,
    })
  })

  it.each([
    ['is nested ten thousand deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['is cut off', '{"version":1,"size":'],
    ['is as long as a book', JSON.stringify({ version: 1, brush: 'flat '.repeat(1_000_000) })],
    ['has values out of range', '{"version":1,"size":-5}'],
    ['is no recipe', '[1,2]'],
  ])('opens a photograph whose recipe %s, as a photograph', async (_, recipe) => {
    const path = join(folder, 'odd.png')
    const xmp = recipeToXmp({}).replace('{}', recipe)
    await sharp(photograph).resize(64).withXmp(xmp).png().toFile(path)
    expect((await sharp(path).metadata()).xmpAsString).toBeDefined()
    expect(await inspectPicture({ path })).toEqual({
      ...{ width: 64, height: 42, format: 'png', hasAlpha: false },
      bytes: expect.any(Number) as number,
    })
  })

  it('keeps the recipe of a newer version, so that whoever needs it can say so', async () => {
    const path = join(folder, 'newer.png')
    const recipe = { version: 99, brush: 'flat' }
    await writeFile(path, await sharp(photograph).withXmp(recipeToXmp(recipe)).png().toBuffer())
    expect(await inspectPicture({ path })).toMatchObject({ recipe })
  })

  it('refuses what is no picture', async () => {
    const path = join(folder, 'notes.jpg')
    await writeFile(path, 'notes')
    await expect(inspectPicture({ path })).rejects.toMatchObject({ code: 'not-an-image' })
  })
})

describe('measure', () => {
  it('refuses what the network cannot look at', async () => {
    const path = join(folder, 'small.png')
    await sharp(photograph).resize(40, 15, { fit: 'fill' }).png().toFile(path)
    await expect(measure({ image: path, photograph: path, painting: photograph })).rejects.toMatchObject({
      code: 'image-too-small',
      data: { path, width: 40, height: 15, minimum: 16 },
    })
  })
})

describe('render-picture', () => {
  it('fits a framed copy into the size that was asked for', async () => {
    const output = join(folder, 'shown.jpg')
    const framing = { ...wholePicture, quarterTurns: 1 }
    const size = await renderPicture({ path: photograph, framing, longSide: 320, output })
    expect(size).toEqual({ width: 214, height: 320 })
    expect(await decodeImage(output)).toMatchObject(size)
  })

  it('enlarges nothing, and keeps the alpha in a PNG', async () => {
    const path = join(folder, 'clear.png')
    const clear = { ...quarters(40, 30), alpha: new Uint8Array(1200).fill(90) }
    await saveImage(clear, path, { recipe: null, sidecar: null, replace: false })
    const output = join(folder, 'shown.png')
    const size = await renderPicture({ path, framing: wholePicture, longSide: 320, output })
    expect(size).toEqual({ width: 40, height: 30 })
    expect(await decodeImage(output)).toEqual(clear)
  })
})

describe('export-painting', () => {
  it.each(['png', 'jpg', 'webp'])('saves a .%s with its recipe and its sidecar', async (ending) => {
    const output = join(folder, `mine.${ending}`)
    const painting = await paintedPicture()
    expect(await exportPainting({ painting, output, overwrite: false })).toEqual({ output })
    expect(await decodeImage(output)).toMatchObject({ width: 40, height: 30 })
    expect(await readEmbeddedRecipe(output)).toEqual(exampleSidecar.recipe)
    // Of the copy, and no more of the painting that it was made from.
    const picture = { sha256: await hashFile(output), replaced: null }
    expect(await readSidecar(output)).toEqual({ ...exampleSidecar, picture })
  })

  it('leaves a file alone that only has the name of a sidecar', async () => {
    const painting = await paintedPicture()
    const output = join(folder, 'photo.jpg')
    const metadata = '{"title":"photo.jpg","takeout":true}'
    await writeFile(`${output}.json`, metadata)
    await exportPainting({ painting, output, overwrite: true })
    expect(await readFile(`${output}.json`, 'utf8')).toBe(metadata)
    expect(await readEmbeddedRecipe(output)).toEqual(exampleSidecar.recipe)
    // A sidecar of an earlier copy is replaced with it.
    const other = join(folder, 'mine.png')
    await exportPainting({ painting, output: other, overwrite: false })
    await exportPainting({ painting, output: other, overwrite: true })
    expect(await readSidecar(other)).toMatchObject({ runId: exampleSidecar.runId })
  })

  it('finds the recipe inside of a painting that lost its sidecar', async () => {
    const painting = join(folder, 'painted.png')
    await saveImage(quarters(40, 30), painting, {
      recipe: exampleSidecar.recipe,
      sidecar: null,
      replace: false,
    })
    const output = join(folder, 'mine.jpg')
    await exportPainting({ painting, output, overwrite: false })
    expect(await readEmbeddedRecipe(output)).toEqual(exampleSidecar.recipe)
    expect((await readdir(folder)).sort()).toEqual(['mine.jpg', 'painted.png'])
  })

  it('overwrites only as it is told, and never the painting itself', async () => {
    const painting = await paintedPicture()
    const output = join(folder, 'mine.png')
    await writeFile(output, 'mine')
    await expect(exportPainting({ painting, output, overwrite: false })).rejects.toMatchObject({
      code: 'output-exists',
    })
    expect(await readFile(output, 'utf8')).toBe('mine')
    await exportPainting({ painting, output, overwrite: true })
    expect(await decodeImage(output)).toEqual(quarters(40, 30))
    await expect(exportPainting({ painting, output: painting, overwrite: true })).rejects.toMatchObject({
      code: 'output-is-input',
    })
  })
})
