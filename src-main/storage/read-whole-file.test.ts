import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWholeFile } from './read-whole-file'
import { temporaryFolder } from './testing/temporary-folder'

describe('readWholeFile', () => {
  it('reads a file part by part', async () => {
    const path = join(await temporaryFolder(), 'file')
    const content = randomBytes(1000)
    await writeFile(path, content)
    for (const partBytes of [1, 300, 1000, 5000]) {
      expect(Buffer.from(await readWholeFile(path, partBytes)).equals(content)).toBe(true)
    }
  })

  it('says what is in the way', async () => {
    const folder = await temporaryFolder()
    await expect(readWholeFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-missing' })
    await expect(readWholeFile(folder)).rejects.toMatchObject({ code: 'not-a-file' })
  })
})
