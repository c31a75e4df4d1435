/**
 * @file Copies of pictures for the screen, upright and framed, in a folder of the library. A copy is named after what
 * it shows, so it is made once, serves the next start too, and never shows an older state of its file.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { framedSize } from '../../../src-shared/math/framing-geometry'
import { fitLongSide } from '../../../src-shared/math/scales'
import type { Framing } from '../../../src-shared/model/framing'
import type { ShownImage } from '../../../src-shared/model/run-state'
import type { EngineKeeper } from '../../jobs/engine-keeper'
import { outputError } from '../../storage/file-errors'
import type { Library } from '../../storage/library'
import { sweepStagedFiles } from '../../storage/write-atomically'
import type { ImageStore } from './image-store'

/** Enough for a screen; the painting is made from the file itself. */
const SCREEN_LONG_SIDE = 2048

/** Days that a copy stays after it was last looked for. */
const DAYS_KEPT = 7
const DAY = 24 * 60 * 60 * 1000

/** A picture file in the state in which it was read. */
export interface ReadPicture {
  readonly path: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly changed: number
  readonly width: number
  readonly height: number
  readonly hasAlpha: boolean
}

export class ScreenCopies {
  readonly #ids = new Map<string, string>()
  readonly #library: Library
  readonly #images: ImageStore
  readonly #engines: EngineKeeper

  constructor(library: Library, images: ImageStore, engines: EngineKeeper) {
    this.#library = library
    this.#images = images
    this.#engines = engines
  }

  /**
   * The picture as a framing shows it.
   *
   * @throws ImpastoError why it cannot be read, or its copy not be written
   */
  async of(picture: ReadPicture, framing: Framing): Promise<ShownImage> {
    const output = join(this.#library.screen, copyName(picture, framing))
    if (!(await touch(output))) await this.#render(picture.path, framing, output)
    return { image: this.#idOf(output), ...screenSize(picture, framing) }
  }

  /** One id a copy: what shows the same is the same, also to whoever compares. */
  #idOf(output: string): string {
    const id = this.#ids.get(output) ?? this.#images.addFile(output)
    this.#ids.set(output, id)
    return id
  }

  /**
   * Deletes the copies that nobody has looked for in a week, and nothing that is not a copy. Never rejects: what cannot
   * be deleted stays.
   */
  async sweep(now: Date): Promise<void> {
    await sweepStagedFiles(this.#library.screen)
    for (const name of await readdir(this.#library.screen).catch(() => [])) {
      if (!COPY_NAME.test(name)) continue
      const path = join(this.#library.screen, name)
      const used = (await stat(path).catch(() => null))?.mtimeMs ?? Infinity
      if (used < now.getTime() - DAYS_KEPT * DAY) await rm(path, { force: true }).catch(() => undefined)
    }
  }

  async #render(path: string, framing: Framing, output: string): Promise<void> {
    try {
      await mkdir(this.#library.screen, { recursive: true })
    } catch (error) {
      throw outputError(error, this.#library.screen)
    }
    await this.#engines.engine().run('render-picture', { path, framing, longSide: SCREEN_LONG_SIDE, output })
      .result
  }
}

const COPY_NAME = /^[0-9a-f]{32}\.(?:png|jpg)$/

function copyName({ path, bytes, changed, hasAlpha }: ReadPicture, framing: Framing): string {
  const shown = JSON.stringify([path, bytes, changed, framing])
  return `${createHash('sha256').update(shown).digest('hex').slice(0, 32)}.${hasAlpha ? 'png' : 'jpg'}`
}

function screenSize(picture: ReadPicture, framing: Framing): { width: number; height: number } {
  const size = framedSize(picture, framing)
  return Math.max(size.width, size.height) > SCREEN_LONG_SIDE
    ? fitLongSide(size.width, size.height, SCREEN_LONG_SIDE)
    : size
}

/** Notes that a file is used; false where it is not there. */
async function touch(path: string): Promise<boolean> {
  const now = new Date()
  return utimes(path, now, now).then(
    () => true,
    () => false,
  )
}
