/** @file The pictures at hand: the photograph and how it is framed, the shelf of paintings, files that were refused. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Opened, Refusal, WindowState } from '../../src-shared/contract/window-contract'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { wholePicture, type Framing } from '../../src-shared/model/framing'
import type { RunStart, ShownImage } from '../../src-shared/model/run-state'
import type { PictureRole, WindowPicture } from '../../src-shared/model/window-picture'
import { ask, openDroppedFile } from '../bridge/bridge'
import { useRecipeStore } from './recipe'
import { useStageStore } from './stage'

export const usePicturesStore = defineStore('pictures', () => {
  const samples = shallowRef<readonly WindowPicture[]>([])
  const paintings = shallowRef<readonly WindowPicture[]>([])
  const photograph = shallowRef<WindowPicture | null>(null)
  const painting = shallowRef<WindowPicture | null>(null)
  const framing = shallowRef<Framing>(wholePicture)
  const framed = shallowRef<ShownImage | null>(null)
  /** Files of each role that are being read. */
  const reading = ref({ photograph: 0, painting: 0 })
  const refusals = shallowRef<readonly Refusal[]>([])

  const paintingPlace = computed(() => paintings.value.findIndex(({ id }) => id === painting.value?.id) + 1)

  function load(state: WindowState): void {
    samples.value = state.photographs
    paintings.value = state.paintings
    photograph.value = samples.value[0] ?? null
    painting.value = paintings.value[0] ?? null
    framed.value = shownWhole(photograph.value)
    if (state.run !== null) adopt(state.run.start)
  }

  /** Takes the pictures of a painting. */
  function adopt(start: RunStart): void {
    putOnShelf(start.painting)
    photograph.value = start.photograph
    painting.value = start.painting
    framing.value = start.framing
    framed.value = start.framed
  }

  function putOnShelf(picture: WindowPicture): void {
    if (!paintings.value.some(({ id }) => id === picture.id)) paintings.value = [...paintings.value, picture]
  }

  function choosePhotograph(picture: WindowPicture): void {
    photograph.value = picture
    framing.value = wholePicture
    framed.value = shownWhole(picture)
    useStageStore().showPair()
  }

  function choosePainting(picture: WindowPicture): void {
    putOnShelf(picture)
    painting.value = picture
    useStageStore().showPair()
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
    refusals.value = [...refusals.value.filter(({ role }) => role !== refusal.role), refusal]
  }

  function dismiss(refusal: Refusal): void {
    refusals.value = refusals.value.filter((other) => other !== refusal)
  }

  /** Opens a file, and keeps the reason where it is refused. */
  async function open(role: PictureRole, name: string, work: () => Promise<Opened | null>): Promise<void> {
    refusals.value = refusals.value.filter((refusal) => refusal.role !== role)
    reading.value[role] += 1
    try {
      const opened = await work()
      if (opened !== null) take(opened)
    } catch (thrown) {
      const error = reportOf(thrown)
      refuse({ name: 'path' in error.data && error.data.path !== null ? error.data.path : name, role, error })
    } finally {
      reading.value[role] -= 1
    }
  }

  const openDialog = (role: PictureRole) => open(role, 'The file', () => ask('choosePicture', { role }))
  const paste = (role: PictureRole) => open(role, 'The clipboard', () => ask('pastePicture', { role }))
  const drop = (file: File, role: PictureRole) => open(role, file.name, () => openDroppedFile(file, role))

  return {
    samples,
    paintings,
    photograph,
    painting,
    paintingPlace,
    framing,
    framed,
    reading,
    refusals,
    load,
    adopt,
    choosePhotograph,
    choosePainting,
    frame,
    take,
    refuse,
    dismiss,
    openDialog,
    paste,
    drop,
  }
})

function shownWhole(picture: WindowPicture | null): ShownImage | null {
  return picture === null ? null : { image: picture.id, width: picture.width, height: picture.height }
}
