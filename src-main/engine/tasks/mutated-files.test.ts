/**
 * @file Files that were damaged at random: each is read, or refused by a name that is known.
 *
 * The damage follows from the seed alone. `MUTATIONS=400 npx vitest run mutated-files` does more of it.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { randomUniform } from '../../../src-shared/math/random'
import { reportOf } from '../../../src-shared/errors/impasto-error'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { inspectPicture } from './inspect-picture'
import { decodeImage } from '../image/decode-image'
import { recipeToXmp } from '../image/recipe-xmp'
import { SAMPLES } from '../image/testing/pictures'
import type { Sharp } from '../image/vips'

/** Of each kind of file. */
const MUTATIONS = Number(process.env.MUTATIONS ?? 40)
const KNOWN = ['not-an-image', 'image-truncated', 'image-too-large', 'image-format-unsupported', 'file-empty']

const kinds: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  jpeg: (picture) => picture.jpeg(),
  'progressive jpeg': (picture) => picture.jpeg({ progressive: true }),
  png: (picture) => picture.png(),
  'interlaced png of 16 bits': (picture) => picture.toColourspace('rgb16').png({ progressive: true }),
  'palette png': (picture) => picture.png({ palette: true }),
  webp: (picture) => picture.webp(),
  'lossless webp with alpha': (picture) => picture.ensureAlpha(0.5).webp({ lossless: true }),
  tiff: (picture) => picture.tiff({ compression: 'none' }),
  'tiled tiff': (picture) => picture.tiff({ compression: 'deflate', tile: true, pyramid: true }),
  avif: (picture) => picture.avif({ effort: 0 }),
  gif: (picture) => picture.gif(),
}

type Random = () => number

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** Ways to damage a file, in place or anew. */
const mutations: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  function flipBits(bytes, random) {
    for (let count = 1 + below(random, 20); count > 0; count--) {
      const at = below(random, bytes.length)
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << below(random, 8)), at)
    }
    return bytes
  },
  function cutOff(bytes, random) {
    return bytes.subarray(0, below(random, bytes.length))
  },
  function damageHeader(bytes, random) {
    for (let count = 1 + below(random, 4); count > 0; count--) {
      bytes.writeUInt8(below(random, 256), below(random, Math.min(bytes.length, 160)))
    }
    return bytes
  },
  function claimHugeNumbers(bytes, random) {
    const at = below(random, Math.min(bytes.length, 400) - 4)
    bytes.writeUInt32BE([0xffffffff, 0x7fffffff, 0x00ffffff, 0][below(random, 4)] ?? 0, at)
    return bytes
  },
  function leaveOut(bytes, random) {
    const from = below(random, bytes.length)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + below(random, 300))])
  },
  function repeat(bytes, random) {
    const from = below(random, bytes.length)
    const part = bytes.subarray(from, from + below(random, 2000))
    return Buffer.concat([bytes.subarray(0, from), part, part, bytes.subarray(from)])
  },
  function fill(bytes, random) {
    const from = below(random, bytes.length)
    return bytes.fill(below(random, 256), from, Math.min(bytes.length, from + below(random, 500)))
  },
]

let folder: string
beforeEach(async () => {
  folder = await temporaryFolder()
})

describe.each(Object.entries(kinds))('%s', (kind, encode) => {
  let whole: Buffer
  beforeAll(async () => {
    const picture = sharp(join(SAMPLES, 'photographs/rocket.jpg')).resize(96)
    whole = await encode(picture)
      .withXmp(recipeToXmp({ version: 1, size: 320 }))
      .toBuffer()
  })

  it(`damaged in ${String(MUTATIONS)} ways`, async () => {
    const outcomes = { read: 0, refused: 0 }
    for (let seed = 0; seed < MUTATIONS; seed++) {
      let drawn = 0
      const random = (): number => randomUniform(seed, 7, drawn++)
      const mutate = mutations[seed % mutations.length]
      const path = join(folder, `${String(seed)}.jpg`)
      await writeFile(path, mutate?.(Buffer.from(whole), random) ?? whole)
      try {
        await inspectPicture({ path })
        const { width, height, rgb, alpha } = await decodeImage(path)
        expect(rgb.length, `${kind}, seed ${String(seed)}`).toBe(width * height * 3)
        if (alpha !== null) expect(alpha.length).toBe(width * height)
        outcomes.read += 1
      } catch (error) {
        expect(KNOWN, `${kind}, seed ${String(seed)}: ${String(error)}`).toContain(reportOf(error).code)
        outcomes.refused += 1
      }
    }
    // Both must happen, or nothing was tried.
    expect(outcomes.read).toBeGreaterThan(0)
    expect(outcomes.refused).toBeGreaterThan(0)
  })
})
