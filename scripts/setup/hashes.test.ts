import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256, sha256OfFile, verifyHash } from './hashes.mjs'
import { SetupError } from './setup-error.mjs'

/** From FIPS 180-2, appendix B.1. */
const hashOfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'impasto-hashes-'))
  file = join(folder, 'download.whl')
  writeFileSync(file, 'abc')
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('hashes', () => {
  it('agree with the standard, in memory and streamed', async () => {
    expect(sha256('abc')).toBe(hashOfAbc)
    expect(await sha256OfFile(file)).toBe(hashOfAbc)
  })

  it('accept the pinned file and refuse any other by its name', async () => {
    await expect(verifyHash(file, hashOfAbc)).resolves.toBeUndefined()
    const refusal = verifyHash(file, hashOfAbc.replace('b', 'c'))
    await expect(refusal).rejects.toThrow(SetupError)
    await expect(refusal).rejects.toThrow('download.whl is not the pinned file')
  })
})
