/** @file The desk of the last window, in the library's desk.json: what lay there is there again at the next start. */
import { z } from 'zod'
import type { KeptFileProblem, Refusal } from '../../../src-shared/contract/window-contract'
import { deskOf, type Desk } from '../../../src-shared/model/desk'
import type { ShownImage } from '../../../src-shared/model/run-state'
import type { PictureRole, WindowPicture } from '../../../src-shared/model/window-picture'
import { windowReport } from '../../ipc/window-report'
import type { Library } from '../../storage/library'
import { KeptFile } from '../kept-file'
import { pictureReferenceSchema, type PictureReference } from './picture-reference'
import type { PictureShelf } from './picture-shelf'

const DESK_VERSION = 1

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
  #kept: KeptDesk | null

  readonly #file: KeptFile<KeptDesk>
  readonly #shelf: PictureShelf

  private constructor(file: KeptFile<KeptDesk>, shelf: PictureShelf) {
    this.#kept = file.value
    this.#file = file
    this.#shelf = shelf
  }

  /** Where the desk cannot be used, the window begins with the samples. */
  static async open(library: Library, shelf: PictureShelf): Promise<DeskFile> {
    const options = { file: 'desk', schema: keptDeskSchema, version: DESK_VERSION } as const
    return new DeskFile(await KeptFile.open(library.desk, options), shelf)
  }

  /** Why this is not the desk of the last window. */
  get problem(): KeptFileProblem | null {
    return this.#file.problem
  }

  /** Keeps the desk. */
  keep(desk: Desk): void {
    this.#kept = {
      version: DESK_VERSION,
      ...desk,
      photographs: desk.photographs.map((id) => this.#shelf.reference(id)),
      paintings: desk.paintings.map((id) => this.#shelf.reference(id)),
      photograph: this.#referenceOrNull(desk.photograph),
      painting: this.#referenceOrNull(desk.painting),
      initialImage: this.#referenceOrNull(desk.initialImage),
    }
    this.#file.keep(this.#kept)
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

  /**
   * The files of the desk, which must stay for the next start; null while there is one beside it, or in its place, of
   * whose files nothing is known.
   */
  async files(): Promise<readonly string[] | null> {
    if (this.problem !== null || (await this.#file.mayHaveOneAside())) return null
    if (this.#kept === null) return []
    const { photographs, paintings, initialImage } = this.#kept
    return [...photographs, ...paintings, ...(initialImage === null ? [] : [initialImage])].flatMap(
      (reference) => (reference.kind === 'file' ? [reference.path] : []),
    )
  }

  /** Resolves when the last change is on the disk. */
  written(): Promise<void> {
    return this.#file.written()
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
