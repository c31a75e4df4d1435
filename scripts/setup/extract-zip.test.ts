import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { extractZip } from './extract-zip.mjs'
import { runProcess } from './processes.mjs'
import { SetupError } from './setup-error.mjs'

/** Writes an archive with a library, an executable, a foreign file, and one that would lie outside the folder. */
const writeArchive = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    archive.writestr('app/library.so', 'library')
    program = zipfile.ZipInfo('app/program')
    program.external_attr = 0o755 << 16
    archive.writestr(program, 'program')
    archive.writestr('app/foreign/code.js', 'code')
    archive.writestr('../outside', 'outside')
`

let folder: string
let archive: string
let destination: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'impasto-zip-'))
  archive = join(folder, 'archive.zip')
  destination = join(folder, 'unpacked')
  execFileSync('python3', ['-c', writeArchive, archive])
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const extract = (include: string[], exclude: string[] = []) =>
  extractZip(archive, destination, { include, exclude }, runProcess, () => undefined)

describe('extractZip', () => {
  it('unpacks the members wanted, with their modes, and no others', async () => {
    await extract(['app/*'], ['app/foreign/*'])
    expect(readdirSync(join(destination, 'app')).sort()).toEqual(['library.so', 'program'])
    expect(readFileSync(join(destination, 'app/library.so'), 'utf8')).toBe('library')
    expect(statSync(join(destination, 'app/program')).mode & 0o777).toBe(0o755)
  })

  it('refuses members that would lie outside the folder', async () => {
    await expect(extract(['*'])).rejects.toThrow(SetupError)
    expect(readdirSync(folder)).not.toContain('outside')
  })

  it('fails when the archive holds nothing of what is wanted', async () => {
    await expect(extract(['lib/*'])).rejects.toThrow('could not be unpacked')
  })
})
