/**
 * @file The pictures that the window may use: samples and what the person opened. Main alone knows their files;
 * the engine for pictures reads them (Electron must not load sharp).
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import { wholePicture, type Framing } from '../../../src-shared/model/framing'
import type { Picture } from '../../../src-shared/model/picture'
import type { ShownImage } from '../../../src-shared/model/run-state'
import type { WindowPicture } from '../../../src-shared/model/window-picture'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import type { ImageStore } from './image-store'
import type { SampleFile } from './samples'

/** Enough for a screen; the painting is made from the file itself. */
const SCREEN_LONG_SIDE = 2048

interface ShelfEntry {
  readonly path: string
  readonly picture: WindowPicture
  readonly hasAlpha: boolean
  /** The last framing that was looked at, which is most often the one that is painted. */
  framed: { readonly framing: Framing; readonly shown: ShownImage }
}

export class PictureShelf {
  readonly #entries = new Map<string, ShelfEntry>()
  #folder: Promise<string> | null = null

  constructor(
    private readonly images: ImageStore,
    private readonly engines: EngineKeeper,
  ) {}

  /** A sample, which is shown as its file is: small, upright and in sRGB. */
  addSample({ path, picture }: SampleFile): WindowPicture {
    return this.#add(path, { ...picture, id: this.images.addFile(path) }, false)
  }

  /** What a file holds. @throws ImpastoError why it is no picture */
  inspect(path: string): Promise<Picture> {
    return this.engines.engine().run('inspect-picture', { path }).result
  }

  /** A picture of the person's own, which `inspect` has looked at. */
  async add(path: string, { width, height, hasAlpha }: Picture): Promise<WindowPicture> {
    const shown = await this.#render(path, wholePicture, hasAlpha)
    const picture = {
      id: shown.image,
      name: basename(path),
      year: null,
      origin: 'own',
      width,
      height,
    } as const
    return this.#add(path, picture, hasAlpha)
  }

  /** The picture of a file: the one that stands on the shelf, else the file read anew. */
  async pictureOf(path: string): Promise<WindowPicture> {
    return this.#known(path) ?? this.add(path, await this.inspect(path))
  }

  /** What a person calls the picture of a file: a sample's title, else the file's name. */
  nameOf(path: string): string {
    return this.#known(path)?.name ?? basename(path)
  }

  picture(id: string): WindowPicture {
    return this.#entry(id).picture
  }

  /** The file of a picture. */
  path(id: string): string {
    return this.#entry(id).path
  }

  /** A picture as a framing shows it. */
  async framed(id: string, framing: Framing): Promise<ShownImage> {
    const entry = this.#entry(id)
    if (!isDeepStrictEqual(entry.framed.framing, framing)) {
      const whole = isDeepStrictEqual(framing, wholePicture)
      const shown = whole
        ? shownWhole(entry.picture)
        : await this.#render(entry.path, framing, entry.hasAlpha)
      entry.framed = { framing, shown }
    }
    return entry.framed.shown
  }

  /** Deletes the copies for the screen. */
  async dispose(): Promise<void> {
    if (this.#folder !== null) await rm(await this.#folder, { recursive: true, force: true })
  }

  #add(path: string, picture: WindowPicture, hasAlpha: boolean): WindowPicture {
    const framed = { framing: wholePicture, shown: shownWhole(picture) }
    this.#entries.set(picture.id, { path, picture, hasAlpha, framed })
    return picture
  }

  #known(path: string): WindowPicture | null {
    return [...this.#entries.values()].find((entry) => entry.path === path)?.picture ?? null
  }

  #entry(id: string): ShelfEntry {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new ImpastoError('unexpected', { message: `There is no picture ${id}.` })
    return entry
  }

  async #render(path: string, framing: Framing, hasAlpha: boolean): Promise<ShownImage> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'impasto-window-'))
    const output = join(await this.#folder, `${randomUUID()}${hasAlpha ? '.png' : '.jpg'}`)
    const size = await this.engines
      .engine()
      .run('render-picture', { path, framing, longSide: SCREEN_LONG_SIDE, output }).result
    return { image: this.images.addFile(output), ...size }
  }
}

function shownWhole({ id, width, height }: WindowPicture): ShownImage {
  return { image: id, width, height }
}
