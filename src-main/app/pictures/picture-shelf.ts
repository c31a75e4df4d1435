/**
 * @file The pictures that the window may use: samples and what the person opened. Main alone knows their files;
 * the engine for pictures reads them (Electron must not load sharp).
 */
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { wholePicture, type Framing } from '../../../src-shared/model/framing'
import type { Picture } from '../../../src-shared/model/picture'
import type { ShownImage } from '../../../src-shared/model/run-state'
import type { WindowPicture } from '../../../src-shared/model/window-picture'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import { inputError } from '../../storage/file-errors'
import { askDisk } from '../../storage/outside-disks'
import type { ImageStore } from './image-store'
import type { PictureReference } from './picture-reference'
import type { SampleFile } from './samples'
import type { ReadPicture, ScreenCopies } from './screen-copies'

interface ShelfEntry {
  readonly picture: WindowPicture
  readonly read: ReadPicture
  readonly reference: PictureReference
}

export class PictureShelf {
  readonly #entries = new Map<string, ShelfEntry>()

  readonly #images: ImageStore
  readonly #engines: EngineKeeper
  readonly #copies: ScreenCopies

  constructor(images: ImageStore, engines: EngineKeeper, copies: ScreenCopies) {
    this.#images = images
    this.#engines = engines
    this.#copies = copies
  }

  /** A sample, which is shown as its file is: small, upright and in sRGB. */
  addSample({ path, picture }: SampleFile): WindowPicture {
    const { width, height } = picture
    return this.#add({
      picture: { ...picture, id: this.#images.addFile(path) },
      read: { path, bytes: 0, changed: 0, width, height, hasAlpha: false },
      reference: { kind: 'sample', file: basename(path) },
    })
  }

  /** What a file holds. @throws ImpastoError why it is no picture */
  inspect(path: string): Promise<Picture> {
    return this.#engines.engine().run('inspect-picture', { path }).result
  }

  /**
   * A picture of the person's own, which `inspect` has looked at. One that stands on the shelf already, unchanged, is
   * that same picture.
   *
   * @throws ImpastoError why it cannot be shown
   */
  async add(path: string, { width, height, hasAlpha }: Picture): Promise<WindowPicture> {
    const { bytes, changed } = await stampOf(path)
    return this.#place({ path, bytes, changed, width, height, hasAlpha })
  }

  /**
   * A picture of an earlier start; a file that has not changed since is not read again.
   *
   * @throws ImpastoError `file-missing` where it is gone, and why it is no picture any more
   */
  async restore(reference: PictureReference): Promise<WindowPicture> {
    if (reference.kind === 'sample') return this.#sample(reference.file)
    const { path, bytes, changed } = reference
    const now = await stampOf(path)
    if (now.bytes === bytes && now.changed === changed) return this.#place(reference)
    return this.add(path, await this.inspect(path))
  }

  /** The picture of a file: the one that stands on the shelf, else the file read anew. */
  async pictureOf(path: string): Promise<WindowPicture> {
    const known = this.#find(({ read }) => read.path === path)
    if (known === undefined) return this.add(path, await this.inspect(path))
    return known.reference.kind === 'sample' ? known.picture : this.restore(known.reference)
  }

  /** A file lies somewhere else now, and for the moment in both places; its pictures go with it. Never rejects. */
  async moveFile(from: string, to: string): Promise<void> {
    const [before, after] = await Promise.all([from, to].map((path) => stampOf(path).catch(() => null)))
    for (const [id, { picture, read, reference }] of this.#entries) {
      if (read.path !== from || reference.kind === 'sample') continue
      // A copy may have another time of change by parts of a millisecond, and is no other picture for that.
      const isAsRead = before?.bytes === read.bytes && before.changed === read.changed
      const moved = { ...read, ...(isAsRead ? after : null), path: to }
      this.#entries.set(id, { picture, read: moved, reference: { kind: 'file', ...moved } })
    }
  }

  /** What a person calls the picture of a file: a sample's title, else the file's name. */
  nameOf(path: string): string {
    return this.#find(({ read }) => read.path === path)?.picture.name ?? basename(path)
  }

  picture(id: string): WindowPicture {
    return this.#entry(id).picture
  }

  /** The file of a picture. */
  path(id: string): string {
    return this.#entry(id).read.path
  }

  reference(id: string): PictureReference {
    return this.#entry(id).reference
  }

  /** A picture as a framing shows it. */
  async framed(id: string, framing: Framing): Promise<ShownImage> {
    const { picture, read } = this.#entry(id)
    if (!isDeepStrictEqual(framing, wholePicture)) return this.#copies.of(read, framing)
    return { image: picture.id, width: picture.width, height: picture.height }
  }

  async #place(read: ReadPicture): Promise<WindowPicture> {
    const standing = () =>
      this.#find(({ read: other }) => isDeepStrictEqual(other, readPictureOf(read)))?.picture
    const known = standing()
    if (known !== undefined) return known
    const { width, height, path } = read
    const { image } = await this.#copies.of(read, wholePicture)
    // Somebody else may have asked for it meanwhile.
    const placed = standing()
    if (placed !== undefined) return placed
    return this.#add({
      picture: { id: image, name: basename(path), year: null, origin: 'own', width, height },
      read: readPictureOf(read),
      reference: { kind: 'file', ...readPictureOf(read) },
    })
  }

  #sample(file: string): WindowPicture {
    const sample = this.#find(({ reference }) => reference.kind === 'sample' && reference.file === file)
    if (sample === undefined) throw new ImpastoError('file-missing', { path: file })
    return sample.picture
  }

  #add(entry: ShelfEntry): WindowPicture {
    this.#entries.set(entry.picture.id, entry)
    return entry.picture
  }

  #find(matches: (entry: ShelfEntry) => boolean): ShelfEntry | undefined {
    return [...this.#entries.values()].find(matches)
  }

  #entry(id: string): ShelfEntry {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new ImpastoError('unexpected', { message: `There is no picture ${id}.` })
    return entry
  }
}

/** The fields of a read picture and no others. */
function readPictureOf({ path, bytes, changed, width, height, hasAlpha }: ReadPicture): ReadPicture {
  return { path, bytes, changed, width, height, hasAlpha }
}

async function stampOf(path: string): Promise<{ bytes: number; changed: number }> {
  const stats = await askDisk(dirname(path), () => stat(path), null).catch((error: unknown) => {
    throw inputError(error, path)
  })
  if (stats === null) throw new ImpastoError('file-unreadable', { path, reason: 'its disk does not answer' })
  return { bytes: stats.size, changed: stats.mtimeMs }
}
