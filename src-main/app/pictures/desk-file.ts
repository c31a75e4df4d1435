/** @file The desk of the last window, in the library's desk.json: what lay there is there again at the next start. */
import { z } from 'zod'
import type { KeptFileProblem, Refusal } from '../../../src-shared/contract/window-contract'
import { deskOf, MOST_KEPT, type Desk } from '../../../src-shared/model/desk'
import type { ShownImage } from '../../../src-shared/model/run-state'
import type { PictureRole, WindowPicture } from '../../../src-shared/model/window-picture'
import { windowReport } from '../../ipc/window-report'
import type { Library } from '../../storage/library'
import { presentPath } from '../../storage/moved-pictures'
import { picturePlace } from '../../storage/picture-place'
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
  /** Pictures that could not be restored, and may be there at the next start: their disk is away. */
  #away: readonly PictureReference[] = []

  readonly #file: KeptFile<KeptDesk>
  readonly #library: Library
  readonly #shelf: PictureShelf

  private constructor(file: KeptFile<KeptDesk>, library: Library, shelf: PictureShelf) {
    this.#kept = file.value
    this.#file = file
    this.#library = library
    this.#shelf = shelf
  }

  /** Where the desk cannot be used, the window begins with the samples. */
  static async open(library: Library, shelf: PictureShelf): Promise<DeskFile> {
    const options = { file: 'desk', schema: keptDeskSchema, version: DESK_VERSION } as const
    return new DeskFile(await KeptFile.open(library.desk, options), library, shelf)
  }

  /** Why this is not the desk of the last window. */
  get problem(): KeptFileProblem | null {
    return this.#file.problem
  }

  /** Keeps the desk, and with it the pictures that lay there and whose disk is away. */
  keep(desk: Desk): void {
    const before = this.#kept
    this.#kept = {
      version: DESK_VERSION,
      ...desk,
      photographs: this.#withAway(desk.photographs, before?.photographs ?? []),
      paintings: this.#withAway(desk.paintings, before?.paintings ?? []),
      photograph: this.#referenceOrAway(desk.photograph, before?.photograph ?? null),
      painting: this.#referenceOrAway(desk.painting, before?.painting ?? null),
      initialImage: this.#referenceOrAway(desk.initialImage, before?.initialImage ?? null),
    }
    this.#file.keep(this.#kept)
  }

  /** The desk, its pictures put on the shelf; null where none was kept. */
  async restore(): Promise<RestoredDesk | null> {
    const before = this.#kept
    if (before === null) return null
    const kept = await this.#withPresentPaths(before)
    // It may have been kept anew meanwhile.
    if (this.#kept === before) this.#kept = kept
    const refusals: Refusal[] = []
    const refused: PictureReference[] = []
    const restoreAll = async (references: readonly PictureReference[], role: PictureRole) => {
      const restored = await Promise.all(
        references.map((reference) =>
          this.#shelf.restore(reference).catch((thrown: unknown) => {
            refused.push(reference)
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
    this.#away = await this.#awayAmong(refused)
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

  /** The pictures of a shelf, and after them those that lay there and are away. */
  #withAway(ids: readonly string[], before: readonly PictureReference[]): PictureReference[] {
    const present = ids.map((id) => this.#shelf.reference(id))
    const away = before.filter(
      (reference) => this.#isAway(reference) && !present.some((other) => isSameFile(other, reference)),
    )
    return [...present, ...away].slice(0, MOST_KEPT)
  }

  /** The chosen picture; where none is, the one that was and is away. */
  #referenceOrAway(id: string | null, before: PictureReference | null): PictureReference | null {
    if (id !== null) return this.#shelf.reference(id)
    return before !== null && this.#isAway(before) ? before : null
  }

  #isAway(reference: PictureReference): boolean {
    return this.#away.some((other) => isSameFile(other, reference))
  }

  async #awayAmong(references: readonly PictureReference[]): Promise<readonly PictureReference[]> {
    const isAway = async (reference: PictureReference): Promise<boolean> =>
      reference.kind === 'file' && (await picturePlace(reference.path, this.#library)) === 'unknown'
    const looked = await Promise.all(references.map(isAway))
    return references.filter((_reference, index) => looked[index])
  }

  /** The desk with its pictures where they lie now (see [Note: Moved paintings]). */
  async #withPresentPaths(desk: KeptDesk): Promise<KeptDesk> {
    const present = async <Reference extends PictureReference | null>(
      reference: Reference,
    ): Promise<Reference> =>
      reference?.kind === 'file'
        ? { ...reference, path: await presentPath(reference.path, this.#library) }
        : reference
    return {
      ...desk,
      photographs: await Promise.all(desk.photographs.map(present)),
      paintings: await Promise.all(desk.paintings.map(present)),
      photograph: await present(desk.photograph),
      painting: await present(desk.painting),
      initialImage: await present(desk.initialImage),
    }
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
