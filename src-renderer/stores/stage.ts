/** @file What the stage shows and how: pair or painting, split, zoom, surround. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Surround } from '../../src-shared/model/window-settings'
import { ask } from '../bridge/bridge'

export type StageView = 'painting' | 'split' | 'photograph'

export interface Point {
  readonly x: number
  readonly y: number
}

const SURROUNDS: readonly Surround[] = ['black', 'theme', 'grey', 'white']
const CENTRE: Point = { x: 0, y: 0 }
/** One step of the + and − keys. */
const ZOOM_STEP = 1.25
/** Screen pixels for each pixel of the picture. */
const SMALLEST_ZOOM = 0.05
const LARGEST_ZOOM = 16

export const useStageStore = defineStore('stage', () => {
  /** The run of the painting that is shown; null where it is the pair that would be painted next. */
  const runId = ref<string | null>(null)
  const view = ref<StageView>('painting')
  /** The photograph is looked at for as long as a key is held. */
  const peeking = ref(false)
  /** Where the split lies, from 0 at the left to 1. */
  const split = ref(0.5)
  const surround = ref<Surround>('theme')
  const onlyPicture = ref(false)
  /** Null fits the picture into the stage. */
  const zoom = ref<number | null>(null)
  /** The zoom that fits, as the stage measures it. */
  const fittingZoom = ref(1)
  /** The long side, in pixels, of a painting that fills the stage at 100 %, as the stage measures it. */
  const screenSize = ref(512)
  /** How far the picture's centre lies from the stage's, in CSS pixels. */
  const offset = shallowRef<Point>(CENTRE)

  const zoomNow = computed(() => zoom.value ?? fittingZoom.value)
  const shownView = computed<StageView>(() => (peeking.value ? 'photograph' : view.value))

  function showPair(): void {
    runId.value = null
  }

  function showRun(next: string): void {
    if (runId.value !== next) fit()
    runId.value = next
  }

  function fit(): void {
    zoom.value = null
    offset.value = CENTRE
  }

  /** Zooms so that the point of the picture under `anchor`, seen from the stage's centre, stays there. */
  function zoomTo(next: number, anchor: Point = CENTRE): void {
    const clamped = Math.min(LARGEST_ZOOM, Math.max(SMALLEST_ZOOM, next))
    const ratio = clamped / zoomNow.value
    offset.value = {
      x: anchor.x - (anchor.x - offset.value.x) * ratio,
      y: anchor.y - (anchor.y - offset.value.y) * ratio,
    }
    zoom.value = clamped
  }

  function zoomBy(steps: number, anchor?: Point): void {
    zoomTo(zoomNow.value * ZOOM_STEP ** steps, anchor)
  }

  function pan(by: Point): void {
    offset.value = { x: offset.value.x + by.x, y: offset.value.y + by.y }
  }

  function setSurround(next: Surround): void {
    surround.value = next
    void ask('changePreferences', { surround: next })
  }

  function nextSurround(): void {
    const place = SURROUNDS.indexOf(surround.value)
    setSurround(SURROUNDS[(place + 1) % SURROUNDS.length] ?? 'theme')
  }

  return {
    runId,
    view,
    peeking,
    split,
    surround,
    onlyPicture,
    zoom,
    zoomNow,
    fittingZoom,
    screenSize,
    offset,
    shownView,
    showPair,
    showRun,
    fit,
    zoomTo,
    zoomBy,
    pan,
    setSurround,
    nextSurround,
  }
})
