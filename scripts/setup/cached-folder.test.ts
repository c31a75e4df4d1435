import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cachedFolder, folderSize, provideFolder, withScratchFolder } from './cached-folder.mjs'

let cache: string
let target: string
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'impasto-cache-'))
  target = join(cache, 'target')
})
afterEach(() => {
  rmSync(cache, { recursive: true })
})

const said: string[] = []
const context = { signal: new AbortController().signal, say: (sentence: string) => void said.push(sentence) }

/** Makes a folder with one file. */
const making = (text: string) =>
  vi.fn((scratch: string) => {
    mkdirSync(join(scratch, 'made'))
    writeFileSync(join(scratch, 'made/file'), text)
    return Promise.resolve(join(scratch, 'made'))
  })

const content = () => readFileSync(join(target, 'file'), 'utf8')
const visible = () => readdirSync(cache).filter((name) => name !== 'cache.lock')

describe('provideFolder', () => {
  it('lets the finished folder appear under its name, and nothing else', async () => {
    const inventory = await provideFolder(target, making('whole'), context)
    expect(Object.keys(inventory)).toEqual(['file'])
    expect(content()).toBe('whole')
    expect(visible()).toEqual(['target'])
  })

  it('leaves no target and no scratch folder when making fails half-way', async () => {
    const failing = async (scratch: string) => {
      await making('half')(scratch)
      throw new Error('disk full')
    }
    await expect(provideFolder(target, failing, context)).rejects.toThrow('disk full')
    expect(visible()).toEqual([])
  })

  it('makes the folder once for all who want it at the same time', async () => {
    const makers = [making('one'), making('two'), making('three')]
    await Promise.all(makers.map((make) => provideFolder(target, make, context)))
    expect(makers.flatMap((make) => make.mock.calls)).toHaveLength(1)
    expect(visible()).toEqual(['target'])
  })

  it('keeps a folder whose bytes are the same, whatever their times', async () => {
    await provideFolder(target, making('first'), context)
    utimesSync(join(target, 'file'), 1_000_000, 1_000_000)
    const again = making('second')
    const inventory = await provideFolder(target, again, context)
    expect(again).not.toHaveBeenCalled()
    expect(inventory.file?.modified).toBe(1_000_000_000)
  })

  it.each<[string, () => void]>([
    [
      'a flipped byte',
      () => {
        writeFileSync(join(target, 'file'), 'firsT')
      },
    ],
    [
      'a missing file',
      () => {
        rmSync(join(target, 'file'))
      },
    ],
    [
      'no inventory',
      () => {
        rmSync(join(target, 'files.json'))
      },
    ],
    [
      'an empty inventory',
      () => {
        writeFileSync(join(target, 'files.json'), '{}')
      },
    ],
    [
      'a damaged inventory',
      () => {
        writeFileSync(join(target, 'files.json'), 'null')
      },
    ],
  ])('makes a folder with %s again, and says so', async (_, damage) => {
    await provideFolder(target, making('first'), context)
    damage()
    said.length = 0
    await provideFolder(target, making('second'), context)
    expect(content()).toBe('second')
    expect(said).toEqual(['target in the cache was damaged, so it is made again.'])
  })
})

describe('withScratchFolder', () => {
  it('sweeps what killed set-ups have left, and nothing else', async () => {
    const left = join(cache, 'scratch-0123456789ab')
    mkdirSync(left)
    writeFileSync(join(left, 'half'), 'x')
    mkdirSync(join(cache, 'tensorflow'))
    await withScratchFolder(cache, context, (scratch) => {
      expect(existsSync(scratch)).toBe(true)
      expect(existsSync(left)).toBe(false)
      return Promise.resolve()
    })
    expect(visible()).toEqual(['tensorflow'])
  })

  it('makes the cache where there is none yet', async () => {
    const absent = join(cache, 'absent')
    await withScratchFolder(absent, context, () => Promise.resolve())
    expect(readdirSync(absent)).toEqual(['cache.lock'])
  })
})

describe('cachedFolder', () => {
  it('has another name for other ingredients', () => {
    expect(cachedFolder(cache, 'electron', ['a', 'b'])).toMatch(/\/electron-[0-9a-f]{12}$/)
    expect(cachedFolder(cache, 'electron', ['a', 'b'])).not.toBe(cachedFolder(cache, 'electron', ['a', 'c']))
  })
})

describe('folderSize', () => {
  it('adds the files of all levels', async () => {
    const folder = await making('twelve bytes')(cache)
    expect(folderSize(folder)).toBe(12)
    expect(folderSize(join(cache, 'absent'))).toBe(0)
  })
})
