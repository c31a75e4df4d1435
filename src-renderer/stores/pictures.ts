/** @file The pictures at hand: two shelves, the photograph and how it is framed, the painting, files that were refused. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Opened, Refusal, WindowState } from '../../src-shared/contract/window-contract'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { wholePicture, type Framing } from '../../src-shared/model/framing'
import type { RunStart, ShownImage } from '../../src-shared/model/run-state'
import type { PictureRole, WindowPicture } from '../../src-shared/model/window-picture'
import { ask, openDroppedFile } from '../bridge/bridge'
import { useHistoryStore, type Step } from './history'
import { useRecipeStore } from './recipe'
import { useStageStore } from './stage'

export const usePicturesStore = defineStore('pictures', () => {
  const photographs = shallowRef<readonly WindowPicture[]>([])
  const paintings = shallowRef<readonly WindowPicture[]>([])
  const photograph = shallowRef<WindowPicture | null>(null)
  const painting = shallowRef<WindowPicture | null>(null)
  const framing = shallowRef<Framing>(wholePicture)
  const framed = shallowRef<ShownImage | null>(null)
  /** Files of each role that are being read. */
  const reading = ref({ photograph: 0, painting: 0 })
  const refusals = shallowRef<readonly Refusal[]>([])
  /** Files are read one after the other, so that they come in the order in which they were given. */
  let lastOpened: Promise<void> = Promise.resolve()

  const isReading = computed(() => reading.value.photograph + reading.value.painting > 0)
  const paintingPlace = computed(() => paintings.value.findIndex(({ id }) => id === painting.value?.id) + 1)

  function load(state: WindowState): void {
    photographs.value = state.photographs
    paintings.value = state.paintings
    refusals.value = state.refusals
    photograph.value = find(photographs.value, state.desk?.photograph) ?? photographs.value[0] ?? null
    painting.value = find(paintings.value, state.desk?.painting) ?? paintings.value[0] ?? null
    const isAsLeft = state.framed !== null && state.desk?.photograph === photograph.value?.id
    framing.value = isAsLeft ? (state.desk?.framing ?? wholePicture) : wholePicture
    framed.value = isAsLeft ? state.framed : shownWhole(photograph.value)
  }

  /** Takes the pictures of a painting, as far as they are still there, as a step that somebody has to count. */
  function adopt(start: RunStart): Step {
    const before = {
      photograph: photograph.value,
      framing: framing.value,
      framed: framed.value,
      painting: painting.value,
      photographs: photographs.value,
      paintings: paintings.value,
    }
    choosePictures(start)
    return {
      takeBack: () => {
        // What was chosen since stays; so do pictures that were opened since.
        if (painting.value?.id === start.painting.id) painting.value = before.painting
        if (framed.value?.image === start.framed.image) {
          photograph.value = before.photograph
          framing.value = before.framing
          framed.value = before.framed
        }
        const isNew = (shelf: readonly WindowPicture[], { id }: WindowPicture): boolean =>
          [start.photograph.id, start.painting.id].includes(id) && find(shelf, id) === undefined
        photographs.value = photographs.value.filter(
          (picture) => picture === photograph.value || !isNew(before.photographs, picture),
        )
        paintings.value = paintings.value.filter(
          (picture) => picture === painting.value || !isNew(before.paintings, picture),
        )
      },
      doAgain: () => {
        choosePictures(start)
      },
    }
  }

  function choosePictures(start: RunStart): void {
    if (start.painting.origin !== 'gone') {
      paintings.value = withPicture(paintings.value, start.painting)
      painting.value = start.painting
    }
    if (start.photograph.origin !== 'gone') {
      photographs.value = withPicture(photographs.value, start.photograph)
      photograph.value = start.photograph
      framing.value = start.framing
      framed.value = start.framed
    }
  }

  function choosePhotograph(picture: WindowPicture): void {
    photographs.value = withPicture(photographs.value, picture)
    photograph.value = picture
    framing.value = wholePicture
    framed.value = shownWhole(picture)
    useStageStore().showPair()
  }

  function choosePainting(picture: WindowPicture): void {
    paintings.value = withPicture(paintings.value, picture)
    painting.value = picture
    useStageStore().showPair()
  }

  /** Takes a picture off its shelf, and offers the way back. Its file stays where it is. */
  function remove(role: PictureRole, picture: WindowPicture): void {
    const [shelf, chosen] = role === 'photograph' ? [photographs, photograph] : [paintings, painting]
    const before = { chosen: chosen.value, framing: framing.value, framed: framed.value }
    const place = shelf.value.findIndex(({ id }) => id === picture.id)
    takeOff(role, picture)
    const chosenInstead = chosen.value
    useRecipeStore().commitStep()
    useHistoryStore().offer(`Took ${picture.name} off the shelf.`, {
      takeBack: () => {
        shelf.value = [...shelf.value.slice(0, place), picture, ...shelf.value.slice(place)]
        if (before.chosen?.id !== picture.id || chosen.value !== chosenInstead) return
        chosen.value = picture
        if (role !== 'photograph') return
        framing.value = before.framing
        framed.value = before.framed
      },
      doAgain: () => {
        takeOff(role, picture)
      },
    })
  }

  function takeOff(role: PictureRole, picture: WindowPicture): void {
    const [shelf, chosen] = role === 'photograph' ? [photographs, photograph] : [paintings, painting]
    const place = shelf.value.findIndex(({ id }) => id === picture.id)
    shelf.value = shelf.value.filter((other) => other.id !== picture.id)
    if (chosen.value?.id === picture.id) {
      chosen.value = shelf.value[Math.min(place, shelf.value.length - 1)] ?? null
      if (role === 'photograph') {
        framing.value = wholePicture
        framed.value = shownWhole(photograph.value)
      }
    }
  }

  async function frame(next: Framing): Promise<void> {
    const current = photograph.value
    if (current === null) return
    framed.value = await ask('framePhotograph', { photograph: current.id, framing: next })
    framing.value = next
    useStageStore().showPair()
  }

  /** Takes in what main opened. */
  function take(opened: Opened): void {
    if (opened.kind === 'recipe') useRecipeStore().loadFrom(opened.name, opened.recipe)
    else if (opened.role === 'photograph') choosePhotograph(opened.picture)
    else choosePainting(opened.picture)
  }

  function refuse(refusal: Refusal): void {
    refusals.value = [...refusals.value, refusal]
  }

  /** Takes away the refusals of a role: they were read, or another file is tried. */
  function dismiss(role: PictureRole): void {
    refusals.value = refusals.value.filter((refusal) => refusal.role !== role)
  }

  /** Opens files in their order; each that is refused is named, with the reason. */
  function open(role: PictureRole, files: readonly PendingFile[]): Promise<void> {
    dismiss(role)
    reading.value[role] += files.length
    lastOpened = lastOpened.then(async () => {
      for (const file of files) await openOne(role, file)
    })
    return lastOpened
  }

  async function openOne(role: PictureRole, { name, read }: PendingFile): Promise<void> {
    try {
      const opened = await read()
      if (opened !== null) take(opened)
    } catch (thrown) {
      const error = reportOf(thrown)
      refuse({ name: 'path' in error.data && error.data.path !== null ? error.data.path : name, role, error })
    } finally {
      reading.value[role] -= 1
    }
  }

  const openDialog = (role: PictureRole) =>
    open(role, [{ name: 'The file', read: () => ask('choosePicture', { role }) }])
  const paste = (role: PictureRole) =>
    open(role, [{ name: 'The clipboard', read: () => ask('pastePicture', { role }) }])
  const drop = (files: readonly File[], role: PictureRole) =>
    open(
      role,
      files.map((file) => ({ name: file.name, read: () => openDroppedFile(file, role) })),
    )

  return {
    photographs,
    paintings,
    photograph,
    painting,
    paintingPlace,
    framing,
    framed,
    reading,
    isReading,
    refusals,
    load,
    adopt,
    choosePhotograph,
    choosePainting,
    remove,
    frame,
    take,
    refuse,
    dismiss,
    openDialog,
    paste,
    drop,
  }
})

/** A file that waits to be read. */
interface PendingFile {
  readonly name: string
  readonly read: () => Promise<Opened | null>
}

function find(pictures: readonly WindowPicture[], id: string | null | undefined): WindowPicture | undefined {
  return pictures.find((picture) => picture.id === id)
}

/** The shelf with a picture on it, at the end where it was not there. */
function withPicture(shelf: readonly WindowPicture[], picture: WindowPicture): readonly WindowPicture[] {
  return find(shelf, picture.id) === undefined ? [...shelf, picture] : shelf
}

function shownWhole(picture: WindowPicture | null): ShownImage | null {
  return picture === null ? null : { image: picture.id, width: picture.width, height: picture.height }
}
