import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ImageStore } from './image-store'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'impasto-image-store-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('ImageStore', () => {
  it('serves a file by the id that it gave', async () => {
    const store = new ImageStore()
    const path = join(folder, 'Photo.JPG')
    await writeFile(path, 'pixels')
    const image = await store.read(store.addFile(path))
    expect(image?.contentType).toBe('image/jpeg')
    expect(Buffer.from(image?.bytes ?? []).toString()).toBe('pixels')
  })

  it('serves nothing for a path, an unknown id, a file that has gone or one that is no image', async () => {
    const store = new ImageStore()
    const text = join(folder, 'notes.txt')
    await writeFile(text, 'private')
    expect(await store.read(text)).toBeNull()
    expect(await store.read('unknown')).toBeNull()
    expect(await store.read(store.addFile(join(folder, 'gone.png')))).toBeNull()
    expect(await store.read(store.addFile(text))).toBeNull()
  })

  it('keeps the two newest previews', async () => {
    const store = new ImageStore()
    const ids = [1, 2, 3].map((byte) => store.addPreview(Uint8Array.of(byte)))
    const found = await Promise.all(ids.map(async (id) => (await store.read(id))?.bytes[0] ?? null))
    expect(found).toEqual([null, 2, 3])
  })
})
