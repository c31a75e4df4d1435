/** @file What `impasto://image/<id>` stands for (see [Note: The window knows images by id]). */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

export interface StoredImage {
  readonly bytes: Uint8Array
  readonly contentType: string
}

const contentTypes: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
}

/** A preview is replaced several times a second; the one before stays for the cross-fade. */
const PREVIEWS_KEPT = 2

export class ImageStore {
  readonly #files = new Map<string, string>()
  readonly #previews = new Map<string, Uint8Array>()

  /** Names an image file that the window may show. */
  addFile(path: string): string {
    const id = randomUUID()
    this.#files.set(id, path)
    return id
  }

  /** A file lies somewhere else now; its ids go with it. */
  moveFile(from: string, to: string): void {
    for (const [id, path] of this.#files) if (path === from) this.#files.set(id, to)
  }

  /** Names a preview, an encoded JPEG, and forgets the oldest. */
  addPreview(jpeg: Uint8Array): string {
    const id = randomUUID()
    this.#previews.set(id, jpeg)
    for (const oldest of this.#previews.keys()) {
      if (this.#previews.size <= PREVIEWS_KEPT) break
      this.#previews.delete(oldest)
    }
    return id
  }

  /** The image of an id; null where there is none, or its file has gone. */
  async read(id: string): Promise<StoredImage | null> {
    const preview = this.#previews.get(id)
    if (preview !== undefined) return { bytes: preview, contentType: 'image/jpeg' }
    const path = this.#files.get(id)
    const contentType = path === undefined ? undefined : contentTypes[extname(path).toLowerCase()]
    if (path === undefined || contentType === undefined) return null
    const bytes = await readFile(path).catch(() => null)
    return bytes === null ? null : { bytes, contentType }
  }
}
