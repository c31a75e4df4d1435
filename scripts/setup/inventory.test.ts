import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from './hashes.mjs'
import { alteredFiles, isInventory, looksUntouched, takeInventory } from './inventory.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'impasto-inventory-'))
  mkdirSync(join(folder, 'lib'))
  writeFileSync(join(folder, 'lib/library.so.2'), 'library')
  writeFileSync(join(folder, 'version'), '33.2.1')
  symlinkSync('library.so.2', join(folder, 'lib/library.so'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('an inventory', () => {
  it('names every file with its hash, links by what they name', async () => {
    const inventory = await takeInventory(folder)
    expect(Object.entries(inventory).map(([name, { sha256: hash }]) => [name, hash])).toEqual([
      ['lib/library.so', sha256('library.so.2')],
      ['lib/library.so.2', sha256('library')],
      ['version', sha256('33.2.1')],
    ])
    expect(inventory['lib/library.so.2']?.size).toBe(7)
    expect(looksUntouched(folder, inventory)).toBe(true)
  })

  it.each<[string, () => void]>([
    [
      'a byte written',
      () => {
        writeFileSync(join(folder, 'version'), '33.2.2')
      },
    ],
    [
      'a file cut short',
      () => {
        truncateSync(join(folder, 'lib/library.so.2'), 3)
      },
    ],
    [
      'a file deleted',
      () => {
        rmSync(join(folder, 'version'))
      },
    ],
    [
      'a folder deleted',
      () => {
        rmSync(join(folder, 'lib'), { recursive: true })
      },
    ],
    [
      'a link turned',
      () => {
        rmSync(join(folder, 'lib/library.so'))
        symlinkSync('other', join(folder, 'lib/library.so'))
      },
    ],
  ])('notices %s by sizes and times alone', async (_, alter) => {
    for (const name of ['version', 'lib/library.so.2']) utimesSync(join(folder, name), 1_000_000, 1_000_000)
    const inventory = await takeInventory(folder)
    alter()
    expect(looksUntouched(folder, inventory)).toBe(false)
  })

  it('tells by the hashes which file differs, where sizes and times do not', async () => {
    const path = join(folder, 'version')
    utimesSync(path, 1_000_000, 1_000_000)
    const before = await takeInventory(folder)
    writeFileSync(path, '33.2.2')
    utimesSync(path, 1_000_000, 1_000_000)
    expect(looksUntouched(folder, before)).toBe(true)
    expect(alteredFiles(before, await takeInventory(folder))).toEqual(['version'])
  })

  it('tells of a missing file as of an altered one', async () => {
    const before = await takeInventory(folder)
    rmSync(join(folder, 'version'))
    expect(alteredFiles(before, await takeInventory(folder, Object.keys(before)))).toEqual(['version'])
  })

  it('is told from anything else', async () => {
    expect(isInventory(JSON.parse(JSON.stringify(await takeInventory(folder))))).toBe(true)
    for (const other of [
      null,
      5,
      'text',
      [],
      {},
      { version: null },
      { version: 5 },
      { version: { sha256: 5 } },
    ])
      expect(isInventory(other)).toBe(false)
  })

  it('holds the same bytes as a copy of the folder with other times', async () => {
    const before = await takeInventory(folder)
    utimesSync(join(folder, 'version'), 2_000_000, 2_000_000)
    expect(looksUntouched(folder, before)).toBe(false)
    expect(alteredFiles(before, await takeInventory(folder))).toEqual([])
  })
})
