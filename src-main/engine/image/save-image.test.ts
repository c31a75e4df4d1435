import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import { defaultStyleRecipe, type StyleRecipe } from '../../../src-shared/model/style-recipe'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { decodeImage } from './decode-image'
import { encodeJpeg, encodePng } from './encode-image'
import { recipeFromXmp, recipeToXmp } from './recipe-xmp'
import { resizeImage, resizePlane } from './resize-image'
import type { RgbImage } from './rgb-image'
import { readEmbeddedRecipe, saveImage } from './save-image'
import { colourAt, largestDifference, paintedImage, SAMPLES } from './testing/pictures'

const photograph = join(SAMPLES, 'photographs/chelsea.png')
const recipe: StyleRecipe = { ...defaultStyleRecipe, strength: 61, contentWeight: 0.02 }
const everyColour = paintedImage(256, 128, (x, y) => [x, y * 2, (x * 7 + y * 13) % 256])

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

const alphaOf = (image: RgbImage): RgbImage => ({
  ...image,
  alpha: Uint8Array.from({ length: image.width * image.height }, (_, i) => 1 + (i % 255)),
})

describe('saveImage', () => {
  it.each(['png', 'jpg', 'jpeg', 'webp', 'PNG'])(
    'embeds the recipe in a .%s and finds it again',
    async (ending) => {
      const path = join(folder, `painted.${ending}`)
      await saveImage(everyColour, path, { recipe, sidecar: null, replace: false })
      expect(await readEmbeddedRecipe(path)).toEqual(recipe)
      expect(await readdir(folder)).toEqual([`painted.${ending}`])
    },
  )

  it('keeps every pixel and all alpha in a PNG', async () => {
    const path = join(folder, 'painted.png')
    const image = alphaOf(everyColour)
    await saveImage(image, path, { recipe, sidecar: null, replace: false })
    expect(await decodeImage(path)).toEqual(image)
  })

  it('says that the colours are sRGB', async () => {
    for (const ending of ['png', 'jpg', 'webp']) {
      const path = join(folder, `painted.${ending}`)
      await saveImage(everyColour, path, { recipe: null, sidecar: null, replace: false })
      expect((await sharp(path).metadata()).hasProfile, ending).toBe(true)
      expect(await readEmbeddedRecipe(path), ending).toBeNull()
    }
  })

  it.each(['jpg', 'webp'])('keeps a photograph close to itself in a .%s', async (ending) => {
    const image = await decodeImage(photograph)
    const path = join(folder, `painted.${ending}`)
    await saveImage(image, path, { recipe: null, sidecar: null, replace: false })
    const saved = await decodeImage(path)
    const squares = saved.rgb.reduce((sum, value, i) => sum + (value - (image.rgb[i] ?? 0)) ** 2, 0)
    // Root mean square in grey levels: 1.8 (JPEG) and 1.9 (WebP) at quality 95, 3.4 and 3.7 at quality 80.
    expect(Math.sqrt(squares / saved.rgb.length)).toBeLessThan(2.5)
  })

  it('saves a JPEG with colour at full resolution, laid on white where it is clear', async () => {
    const path = join(folder, 'painted.jpg')
    const image: RgbImage = { ...paintedImage(32, 32, () => [200, 30, 30]), alpha: new Uint8Array(1024) }
    await saveImage(image, path, { recipe: null, sidecar: null, replace: false })
    expect((await sharp(path).metadata()).chromaSubsampling).toBe('4:4:4')
    expect(colourAt(await decodeImage(path), 16, 16)).toEqual([255, 255, 255])
  })

  it('keeps the alpha of a WebP', async () => {
    const path = join(folder, 'painted.webp')
    const image = alphaOf(everyColour)
    await saveImage(image, path, { recipe: null, sidecar: null, replace: false })
    expect((await decodeImage(path)).alpha).toEqual(image.alpha)
  })

  it('replaces only when it is told to, and writes no format that it does not know', async () => {
    const path = join(folder, 'painted.png')
    await writeFile(path, 'mine')
    await expect(
      saveImage(everyColour, path, { recipe, sidecar: null, replace: false }),
    ).rejects.toMatchObject({
      code: 'output-exists',
    })
    await saveImage(everyColour, path, { recipe, sidecar: null, replace: true })
    expect(await decodeImage(path)).toEqual(everyColour)
    await expect(
      saveImage(everyColour, `${path}.gif`, { recipe, sidecar: null, replace: true }),
    ).rejects.toMatchObject({
      code: 'output-format-unsupported',
    })
  })
})

describe('the recipe in XMP', () => {
  it('survives characters that mean something in XML', () => {
    const value = { text: '</impasto:recipe> & <b>"ü"</b> ]]>', number: 1.5, list: [null, true] }
    expect(recipeFromXmp(recipeToXmp(value))).toEqual(value)
  })

  it('is none in the XMP of other programs, or where it is damaged', () => {
    expect(recipeFromXmp('<x:xmpmeta/>')).toBeNull()
    expect(recipeFromXmp('<impasto:recipe>{"size":</impasto:recipe>')).toBeNull()
  })
})

describe('encodeJpeg and encodePng', () => {
  it('encode what they are given', async () => {
    const image = await decodeImage(photograph)
    const jpeg = await sharp(await encodeJpeg(image, 80)).metadata()
    expect(jpeg).toMatchObject({ format: 'jpeg', width: image.width, height: image.height })
    const png = await sharp(await encodePng(alphaOf(image)))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(png.info).toMatchObject({ width: image.width, height: image.height, channels: 4 })
  })
})

describe('resizeImage', () => {
  it('gives the size that was asked for, and the same picture', async () => {
    const image = await decodeImage(photograph)
    const small = await resizeImage(image, 90, 60)
    expect([small.width, small.height, small.rgb.length]).toEqual([90, 60, 90 * 60 * 3])
    const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.abs(mean(small.rgb) - mean(image.rgb))).toBeLessThan(0.5)
  })

  it('keeps a flat picture flat, enlarged, shrunk and stretched', async () => {
    const flat = paintedImage(64, 48, () => [13, 130, 230])
    for (const [width, height] of [
      [200, 150],
      [7, 5],
      [31, 90],
    ] as const) {
      expect(await resizeImage(flat, width, height)).toEqual(
        paintedImage(width, height, () => [13, 130, 230]),
      )
    }
  })

  it('resizes alpha beside the colours, which it does not darken', async () => {
    const image: RgbImage = {
      ...paintedImage(60, 60, () => [250, 250, 250]),
      alpha: Uint8Array.from({ length: 3600 }, (_, i) => (i % 60 < 30 ? 0 : 255)),
    }
    const half = await resizeImage(image, 30, 30)
    expect(largestDifference(half.rgb, new Uint8Array(2700).fill(250))).toBe(0)
    expect([half.alpha?.[2], half.alpha?.[27]]).toEqual([0, 255])
    expect(await resizePlane(image.alpha ?? new Uint8Array(), image, half)).toEqual(half.alpha)
  })
})
