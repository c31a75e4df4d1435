/** @file The desk of the last window, in the library's desk.json: what lay there is there again at the next start. */
import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Refusal } from '../../../src-shared/contract/window-contract'
import { deskOf, type Desk } from '../../../src-shared/model/desk'
import type { ShownImage } from '../../../src-shared/model/run-state'
import type { PictureRole, WindowPicture } from '../../../src-shared/model/window-picture'
import { windowReport } from '../../ipc/window-report'
import { readJsonFile, writeJsonFile } from '../../storage/json-file'
import type { Library } from '../../storage/library'
import { pictureReferenceSchema, type PictureReference } from './picture-reference'
import type { PictureShelf } from './picture-shelf'

const DESK_VERSION = 1

const versionSchema = z.object({ version: z.int() })
const keptDeskSchema = deskOf(pictureReferenceSchema).extend({ version: z.literal(DESK_VERSION) })
type KeptDesk = Readonly<z.infer<typeof keptDeskSchema>>

/** A desk whose pictures are on the shelf again. */
export interface RestoredDesk {
  readonly desk: Desk
  readonly photographs: readonly WindowPicture[]
  readonly paintings: readonly WindowPicture[]
  readonly initialImage: WindowPicture | null
  readonly framed: ShownImage | null
  /** Pictures that are gone, or cannot be read any more. */
  readonly refusals: readonly Refusal[]
}

export class DeskFile {
  #kept: KeptDesk | null = null
  /** There is a desk that this program cannot read. */
  #isForeign = false
  /** A newer program's desk, which waits for that program as it is. */
  #isNewer = false
  #written: Promise<void> = Promise.resolve()

  readonly #library: Library
  readonly #shelf: PictureShelf

  private constructor(library: Library, shelf: PictureShelf) {
    this.#library = library
    this.#shelf = shelf
  }

  /** A desk that cannot be read, or is a newer program's, is left aside: the window begins with the samples. */
  static async open(library: Library, shelf: PictureShelf): Promise<DeskFile> {
    const file = new DeskFile(library, shelf)
    file.#kept = await readJsonFile(library.desk, keptDeskSchema).catch(() => null)
    file.#isForeign = file.#kept === null && existsSync(library.desk)
    const version = (await readJsonFile(library.desk, versionSchema).catch(() => null))?.version
    file.#isNewer = version !== undefined && version > DESK_VERSION
    return file
  }

  /** Keeps the desk. A desk that cannot be written down is no reason to trouble anybody. */
  keep(desk: Desk): void {
    const kept = {
      version: DESK_VERSION,
      ...desk,
      photographs: desk.photographs.map((id) => this.#shelf.reference(id)),
      paintings: desk.paintings.map((id) => this.#shelf.reference(id)),
      photograph: this.#referenceOrNull(desk.photograph),
      painting: this.#referenceOrNull(desk.painting),
      initialImage: this.#referenceOrNull(desk.initialImage),
    } as const
    this.#kept = kept
    if (this.#isNewer) return
    this.#written = this.#written.then(() => writeJsonFile(this.#library.desk, kept)).catch(() => undefined)
  }

  /** The desk, its pictures put on the shelf; null where none was kept. */
  async restore(): Promise<RestoredDesk | null> {
    const kept = this.#kept
    if (kept === null) return null
    const refusals: Refusal[] = []
    const restoreAll = async (references: readonly PictureReference[], role: PictureRole) => {
      const restored = await Promise.all(
        references.map((reference) =>
          this.#shelf.restore(reference).catch((thrown: unknown) => {
            refusals.push({ name: nameOf(reference), role, error: windowReport(thrown) })
            return null
          }),
        ),
      )
      return restored.filter((picture) => picture !== null)
    }
    const photographs = await restoreAll(kept.photographs, 'photograph')
    const paintings = await restoreAll(kept.paintings, 'painting')
    const [initialImage = null] = await restoreAll(
      kept.initialImage === null ? [] : [kept.initialImage],
      'painting',
    )
    const photograph = this.#among(photographs, kept.photograph)
    const framed =
      photograph === null ? null : await this.#shelf.framed(photograph.id, kept.framing).catch(() => null)
    const desk: Desk = {
      photographs: photographs.map(({ id }) => id),
      paintings: paintings.map(({ id }) => id),
      photograph: photograph?.id ?? null,
      framing: kept.framing,
      painting: this.#among(paintings, kept.painting)?.id ?? null,
      initialImage: initialImage?.id ?? null,
      recipe: kept.recipe,
      shown: kept.shown,
    }
    return { desk, photographs, paintings, initialImage, framed, refusals }
  }

  /** The files of the desk, which must stay for the next start; null where a desk that cannot be read has its own. */
  get files(): readonly string[] | null {
    if (this.#isForeign) return null
    if (this.#kept === null) return []
    const { photographs, paintings, initialImage } = this.#kept
    return [...photographs, ...paintings, ...(initialImage === null ? [] : [initialImage])].flatMap(
      (reference) => (reference.kind === 'file' ? [reference.path] : []),
    )
  }

  /** Resolves when the last change is on the disk. */
  written(): Promise<void> {
    return this.#written
  }

  #referenceOrNull(id: string | null): PictureReference | null {
    return id === null ? null : this.#shelf.reference(id)
  }

  /** The picture of a reference that was restored among `pictures`. */
  #among(pictures: readonly WindowPicture[], reference: PictureReference | null): WindowPicture | null {
    if (reference === null) return null
    return pictures.find(({ id }) => isSameFile(this.#shelf.reference(id), reference)) ?? null
  }
}

function isSameFile(one: PictureReference, other: PictureReference): boolean {
  if (one.kind === 'sample') return other.kind === 'sample' && one.file === other.file
  return other.kind === 'file' && one.path === other.path
}

function nameOf(reference: PictureReference): string {
  const path = reference.kind === 'sample' ? reference.file : reference.path
  return path.split('/').at(-1) ?? path
}
