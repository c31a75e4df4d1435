import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { decodeImage } from './decode-image'
import { checkSmallestSide, readImageHeader } from './image-header'
import {
  BLUE,
  colourAt,
  GREEN,
  largestDifference,
  paintedImage,
  quarterColours,
  quarters,
  RED,
  SAMPLES,
  WHITE,
  writeHollowPng,
  type Colour,
} from './testing/pictures'
import { colours, plane } from './vips'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

const BRICK: Colour = [180, 80, 70]
const LEAF: Colour = [90, 140, 80]
const SLATE: Colour = [70, 90, 130]

const grey = (width: number, height: number) => paintedImage(width, height, () => [120, 120, 120])

async function written(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

describe('decodeImage', () => {
  it.each([
    ['photographs/chelsea.png', 451, 300],
    ['photographs/rocket.jpg', 640, 427],
    ['paintings/night-cafe.webp', 634, 500],
  ])('reads %s as it is', async (name, width, height) => {
    const path = join(SAMPLES, name)
    const image = await decodeImage(path)
    expect(image).toMatchObject({ width, height, alpha: null })
    const expected = await sharp(path).removeAlpha().raw().toBuffer()
    expect(largestDifference(image.rgb, expected)).toBe(0)
  })

  it.each([
    [1, [RED, GREEN, BLUE, WHITE]],
    [2, [GREEN, RED, WHITE, BLUE]],
    [3, [WHITE, BLUE, GREEN, RED]],
    [4, [BLUE, WHITE, RED, GREEN]],
    [5, [RED, BLUE, GREEN, WHITE]],
    [6, [BLUE, RED, WHITE, GREEN]],
    [7, [WHITE, GREEN, BLUE, RED]],
    [8, [GREEN, WHITE, RED, BLUE]],
  ])('holds a picture of orientation %i upright', async (orientation, expected) => {
    const picture = colours(quarters(48, 32)).withMetadata({ orientation })
    const path = await written('turned.tiff', await picture.tiff({ compression: 'none' }).toBuffer())
    const image = await decodeImage(path)
    const size = orientation < 5 ? { width: 48, height: 32 } : { width: 32, height: 48 }
    expect(image).toMatchObject(size)
    expect(await readImageHeader(path)).toMatchObject(size)
    expect(quarterColours(image)).toEqual(expected)
  })

  it('makes three channels of grey', async () => {
    const values = Uint8Array.from({ length: 80 * 70 }, (_, i) => i % 256)
    const path = await written('grey.png', await plane(values, 80, 70).toColourspace('b-w').png().toBuffer())
    expect((await sharp(path).metadata()).channels).toBe(1)
    const { rgb, alpha } = await decodeImage(path)
    expect(alpha).toBeNull()
    expect(
      largestDifference(
        rgb,
        [...values].flatMap((value) => [value, value, value]),
      ),
    ).toBe(0)
  })

  it('sets the alpha of grey apart', async () => {
    const pairs = Uint8Array.from([10, 255, 200, 128])
    const picture = sharp(pairs, { raw: { width: 2, height: 1, channels: 2 } }).toColourspace('b-w')
    const path = await written('grey-alpha.png', await picture.png().toBuffer())
    expect((await sharp(path).metadata()).channels).toBe(2)
    expect(await decodeImage(path)).toEqual({
      width: 2,
      height: 1,
      rgb: Uint8Array.of(10, 10, 10, 200, 200, 200),
      alpha: Uint8Array.of(255, 128),
    })
  })

  it('reads a palette with a transparent colour', async () => {
    const rgba = Uint8Array.from([255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0, 255, 0, 0, 255])
    const picture = sharp(rgba, { raw: { width: 4, height: 1, channels: 4 } })
    const path = await written('palette.png', await picture.png({ palette: true }).toBuffer())
    expect((await sharp(path).metadata()).isPalette).toBe(true)
    const image = await decodeImage(path)
    expect(image.alpha).toEqual(Uint8Array.of(255, 255, 0, 255))
    expect([0, 1, 3].map((x) => colourAt(image, x, 0))).toEqual([RED, BLUE, RED])
  })

  it('drops an alpha that hides nothing', async () => {
    const path = await written('opaque.png', await colours(quarters(8, 8)).ensureAlpha().png().toBuffer())
    expect((await sharp(path).metadata()).hasAlpha).toBe(true)
    expect((await decodeImage(path)).alpha).toBeNull()
  })

  it('leaves out channels beyond alpha', async () => {
    const image = quarters(16, 12)
    const half = { values: Buffer.alloc(16 * 12, 128), raw: { width: 16, height: 12, channels: 1 } } as const
    const five = colours(image).joinChannel([half.values, half.values], { raw: half.raw })
    const path = await written('five.tiff', await five.tiff({ compression: 'none' }).toBuffer())
    expect((await sharp(path).metadata()).channels).toBe(5)
    expect(await decodeImage(path)).toEqual({ ...image, alpha: new Uint8Array(16 * 12).fill(128) })
  })

  it('rounds 16 bits to 8, alpha too', async () => {
    const deep = Uint16Array.from([0, 0x8080, 0xffff, 0x4040])
    const raw = { width: 1, height: 1, channels: 4, depth: 'ushort' } as const
    const picture = sharp(deep, { raw }).toColourspace('rgb16')
    const path = await written('deep.png', await picture.png().toBuffer())
    expect((await sharp(path).metadata()).depth).toBe('ushort')
    expect(await decodeImage(path)).toMatchObject({
      rgb: Uint8Array.of(0, 0x80, 0xff),
      alpha: Uint8Array.of(0x40),
    })
  })

  it.each([
    ['with', true],
    ['without', false],
  ])('converts CMYK %s a profile', async (_, hasProfile) => {
    // Colours that ink can reproduce: print knows no pure green.
    const printable = [BRICK, LEAF, SLATE, WHITE] as const
    const image = paintedImage(64, 16, (x) => printable[Math.floor(x / 16)] ?? WHITE)
    const ink = hasProfile ? colours(image).withIccProfile('cmyk') : colours(image).toColourspace('cmyk')
    const path = await written('print.jpg', await ink.jpeg({ quality: 100 }).toBuffer())
    expect(await sharp(path).metadata()).toMatchObject({ space: 'cmyk', hasProfile })
    const decoded = await decodeImage(path)
    for (const [index, colour] of printable.entries()) {
      // A profile's way to ink is not the exact inverse of its way back: seen 21 off. Inverted ink would be over 100 off.
      expect(largestDifference(colourAt(decoded, index * 16 + 8, 8), colour)).toBeLessThan(30)
    }
  })

  it('converts the colours of a wide profile to sRGB', async () => {
    const image = paintedImage(8, 8, () => [200, 60, 60])
    const picture = colours(image).withIccProfile('p3')
    const path = await written('wide.png', await picture.png().toBuffer())
    const stored = await sharp(path, { ignoreIcc: true }).raw().toBuffer()
    expect(stored[0]).toBeLessThan(195)
    // Two conversions, each rounded to 8 bits, may each be off by one.
    expect(largestDifference((await decodeImage(path)).rgb, image.rgb)).toBeLessThanOrEqual(2)
  })

  it('takes the first picture of an animation', async () => {
    const frames = paintedImage(20, 60, (_, y) => (y < 30 ? RED : BLUE))
    const raw = { width: 20, height: 60, channels: 3, pageHeight: 30 } as const
    const path = await written('moving.gif', await sharp(frames.rgb, { raw }).gif().toBuffer())
    expect((await sharp(path).metadata()).pages).toBe(2)
    const image = await decodeImage(path)
    expect(image).toMatchObject({ width: 20, height: 30 })
    expect(colourAt(image, 10, 15)).toEqual(RED)
  })

  it.each(['brackets [1].png', 'comma, equals=1.png', 'Übung 日本.png'])('reads “%s”', async (name) => {
    const path = await written(name, await colours(quarters(8, 8)).png().toBuffer())
    expect(await decodeImage(path)).toEqual(quarters(8, 8))
  })

  it('sees a file that was written anew', async () => {
    const path = await written('changing.png', await colours(quarters(8, 8)).png().toBuffer())
    await decodeImage(path)
    await writeFile(path, await colours(grey(8, 8)).png().toBuffer())
    expect(await decodeImage(path)).toEqual(grey(8, 8))
  })
})

describe('a file that cannot be used', () => {
  it('is missing, or a folder, or empty', async () => {
    const path = join(folder, 'none.jpg')
    await expect(decodeImage(path)).rejects.toMatchObject({ code: 'file-missing', data: { path } })
    await mkdir(join(folder, 'folder.jpg'))
    await expect(decodeImage(join(folder, 'folder.jpg'))).rejects.toMatchObject({ code: 'not-a-file' })
    await expect(decodeImage(await written('empty.jpg', ''))).rejects.toMatchObject({ code: 'file-empty' })
  })

  it('is something else under a picture’s name', async () => {
    const text = await written('text.jpg', 'Dear diary, today I painted.\n'.repeat(40))
    await expect(decodeImage(text)).rejects.toMatchObject({ code: 'not-an-image', data: { path: text } })
    await expect(decodeImage(await written('one.png', 'x'))).rejects.toMatchObject({ code: 'not-an-image' })
  })

  it.each([
    ['HEIC', '\0\0\0\x18ftypheic'],
    ['Photoshop', '8BPS\0\x01'],
    ['PDF', '%PDF-1.7'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['BMP', 'BM\0\0'],
  ])('is named as %s', async (format, bytes) => {
    const path = await written('picture.jpg', Buffer.from(bytes, 'latin1'))
    await expect(decodeImage(path)).rejects.toMatchObject({
      code: 'image-format-unsupported',
      data: { path, format },
    })
  })

  describe.each(['jpeg', 'png', 'webp', 'tiff', 'avif', 'gif'] as const)('in %s', (format) => {
    let whole: Buffer
    beforeAll(async () => {
      const small = sharp(join(SAMPLES, 'photographs/rocket.jpg')).resize(200)
      whole = await small.toFormat(format, { effort: 1 }).toBuffer()
    })

    it.each([0.1, 0.5, 0.9, 0.99])('is cut off at %d of its length', async (part) => {
      const path = await written(`cut.${format}`, whole.subarray(0, Math.floor(whole.length * part)))
      await expect(decodeImage(path)).rejects.toMatchObject({ code: 'image-truncated', data: { path } })
    })
  })

  it('is damaged in the middle', async () => {
    const bytes = await readFile(join(SAMPLES, 'photographs/chelsea.png'))
    bytes.fill(0, bytes.length / 2, bytes.length / 2 + 200)
    await expect(decodeImage(await written('damaged.png', bytes))).rejects.toMatchObject({
      code: 'image-truncated',
    })
  })

  it('has more pixels than are taken, which is seen before any is decoded', async () => {
    const path = join(folder, 'huge.png')
    await writeHollowPng(path, 60_000, 60_000)
    const before = performance.now()
    await expect(decodeImage(path)).rejects.toMatchObject({
      code: 'image-too-large',
      data: { path, width: 60_000, height: 60_000, maximumMegapixels: 200 },
    })
    // Reading 11 GB of pixels would take minutes.
    expect(performance.now() - before).toBeLessThan(2000)
  })

  it('has too small a side to be painted', () => {
    expect(() => {
      checkSmallestSide({ width: 64, height: 64 }, 'a.png')
    }).not.toThrow()
    expect(() => {
      checkSmallestSide({ width: 500, height: 63 }, 'a.png')
    }).toThrow(expect.objectContaining({ code: 'image-too-small' }))
  })
})
