/** @file Files made to do harm: refused at once, by a name that is known. */
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { inTime } from './deadline'
import { decodeImage } from './decode-image'
import { readImageHeader } from './image-header'
import { drawingThatFollowsLinks, drawingUnderDisguise, jpegOfManyPasses } from './testing/hostile-files'
import { SAMPLES } from './testing/pictures'
import './vips'

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

async function written(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
}

/** Files of other formats that libvips could be built to load, and a drawing. */
const otherFormats: readonly (readonly [string, string])[] = [
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  ['PDF', '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>'],
  ['PPM', `P6\n2 2\n255\n${'a'.repeat(12)}`],
  ['PFM', `PF\n1 1\n-1.0\n${'\0'.repeat(12)}`],
  ['matrix', '2 2\n1 2\n3 4\n'],
  ['CSV', '1,2\n3,4\n'],
  ['FITS', 'SIMPLE  =                    T'.padEnd(80) + 'END'.padEnd(2800)],
  ['Radiance', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\naaaa'],
  ['OpenEXR', `\x76\x2f\x31\x01\x02\0\0\0${'\0'.repeat(64)}`],
  ['libvips', `\xb6\xa6\xf2\x08${'\0'.repeat(64)}`],
  ['ImageMagick script', 'push graphic-context\nimage over 0,0 0,0 "|touch harmed"\npop graphic-context'],
]

describe('a drawing under the name of a picture', () => {
  it('is refused before anything of it is drawn', async () => {
    const path = await written('photograph.webp', drawingUnderDisguise(4000, 4000))
    const before = performance.now()
    await expect(decodeImage(path)).rejects.toMatchObject({ code: 'not-an-image', data: { path } })
    // Drawing it takes minutes.
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it('shows no other file', async () => {
    const neighbour = await written('secret.png', await readFile(join(SAMPLES, 'photographs/chelsea.png')))
    const path = await written('photograph.avif', drawingThatFollowsLinks(neighbour))
    await expect(decodeImage(path)).rejects.toMatchObject({ code: 'not-an-image' })
  })
})

describe('the loaders', () => {
  it.each(otherFormats)('of %s are not there', async (_, content) => {
    const path = await written('photograph.jpg', Buffer.from(content, 'latin1'))
    await expect(sharp(path).metadata()).rejects.toThrow('unsupported image format')
  })

  it.each(['RIFF', '\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF89a', 'II*\0', '\0\0\0\x20ftypavif'])(
    'are not misled by a file that begins with %j and goes on as another',
    async (signature) => {
      for (const [, content] of otherFormats) {
        const path = await written('photograph.jpg', Buffer.from(signature + content, 'latin1'))
        const code = signature === 'RIFF' ? 'not-an-image' : 'image-truncated'
        await expect(decodeImage(path)).rejects.toMatchObject({ code, data: { path } })
      }
    },
  )

  it('of AVIF reads no other codec', async () => {
    const bytes = await sharp(join(SAMPLES, 'photographs/rocket.jpg')).resize(64).avif().toBuffer()
    const path = await written('picture.avif', replaced(bytes, 'av01', 'hvc1'))
    await expect(readImageHeader(path)).rejects.toMatchObject({ code: 'image-truncated' })
  })
})

describe('a decoder that does not come to an end', () => {
  it('is not waited for longer than the time that is set', async () => {
    const path = await written('passes.jpg', jpegOfManyPasses(2000, 1500))
    const before = performance.now()
    let ended = false
    const decoding = sharp(path)
      .toColourspace('srgb')
      .raw()
      .toBuffer()
      .finally(() => {
        ended = true
      })
    await expect(inTime(path, decoding, 0.2)).rejects.toMatchObject({
      code: 'image-too-slow',
      data: { path, seconds: 0.2 },
    })
    expect(performance.now() - before).toBeLessThan(1000)
    // It was at work all the while, and on a valid picture.
    expect(ended).toBe(false)
    expect((await decoding).length).toBe(2000 * 1500 * 3)
  })

  it('does not keep anybody waiting that has come to an end', async () => {
    expect(await inTime('a.jpg', Promise.resolve(7))).toBe(7)
    await expect(inTime('a.jpg', Promise.reject(new Error('damaged')))).rejects.toThrow('damaged')
  })
})

describe('what is no file', () => {
  it.each([
    ['a pipe', 'pipe'],
    ['a device', 'device'],
    ['a folder', 'folder'],
  ])('%s is not waited for', async (_, kind) => {
    const pipe = join(folder, 'pipe.jpg')
    if (kind === 'pipe') execFileSync('mkfifo', [pipe])
    const path = { pipe, device: '/dev/zero', folder }[kind] ?? ''
    await expect(decodeImage(path)).rejects.toMatchObject({ code: 'not-a-file', data: { path, kind } })
  })
})
