import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStage, folderSize, publish, sweepStages } from './stage.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'impasto-stage-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The id of a process that has just ended. */
const deadProcessId = () => spawnSync(process.execPath, ['-e', '']).pid

async function makeText(stage: string, text: string): Promise<string> {
  mkdirSync(join(stage, 'made'))
  writeFileSync(join(stage, 'made/file'), text)
  return Promise.resolve(join(stage, 'made'))
}

describe('publish', () => {
  it('lets the finished folder appear under its name, and nothing else', async () => {
    const target = join(folder, 'target')
    await publish(target, (stage) => makeText(stage, 'whole'))
    expect(readFileSync(join(target, 'file'), 'utf8')).toBe('whole')
    expect(readdirSync(folder)).toEqual(['target'])
  })

  it('leaves no target and no stage when making fails half-way', async () => {
    const making = publish(join(folder, 'target'), async (stage) => {
      await makeText(stage, 'half')
      throw new Error('disk full')
    })
    await expect(making).rejects.toThrow('disk full')
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps what a faster set-up has published meanwhile', async () => {
    const target = join(folder, 'target')
    await publish(target, async (slower) => {
      await publish(target, (faster) => makeText(faster, 'first'))
      return makeText(slower, 'second')
    })
    expect(readFileSync(join(target, 'file'), 'utf8')).toBe('first')
    expect(readdirSync(folder)).toEqual(['target'])
  })
})

describe('sweepStages', () => {
  it('removes the stages of dead processes and nothing else', () => {
    const stale = join(folder, `stage-${String(deadProcessId())}-0123456789ab`)
    mkdirSync(stale)
    writeFileSync(join(stale, 'half'), 'x')
    const living = createStage(folder)
    mkdirSync(join(folder, 'tensorflow'))
    expect(sweepStages(folder)).toHaveLength(1)
    expect(existsSync(stale)).toBe(false)
    expect(existsSync(living)).toBe(true)
    expect(existsSync(join(folder, 'tensorflow'))).toBe(true)
  })

  it('finds nothing where there is no cache yet', () => {
    expect(sweepStages(join(folder, 'absent'))).toEqual([])
  })
})

describe('folderSize', () => {
  it('adds the files of all levels', async () => {
    await publish(join(folder, 'target'), (stage) => makeText(stage, 'twelve bytes'))
    expect(folderSize(folder)).toBe(12)
    expect(folderSize(join(folder, 'absent'))).toBe(0)
  })
})
