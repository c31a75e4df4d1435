/** @file Measures the stage for the size named "Screen": the painting that fills it at 100 %. */
import { useDevicePixelRatio, useElementSize } from '@vueuse/core'
import { watchEffect, type Ref } from 'vue'
import { LARGEST_SIZE } from '../../../src-shared/model/style-recipe'
import { usePicturesStore } from '../../stores/pictures'
import { useStageStore } from '../../stores/stage'
import { fillingLongSide } from './viewport'

/** Pixels: a round number, and no screen so small that a painting is not worth its time. */
const STEP = 64
const SMALLEST_SCREEN = 512
/** CSS pixels of the toolbar, which lies on the stage only once there is a painting. */
const TOOLBAR = 44

export function useScreenSize(element: Readonly<Ref<HTMLElement | null>>): void {
  const stage = useStageStore()
  const pictures = usePicturesStore()
  const { width, height } = useElementSize(element)
  const { pixelRatio } = useDevicePixelRatio()

  watchEffect(() => {
    if (pictures.framed === null || width.value === 0 || stage.onlyPicture) return
    const room = { width: width.value, height: height.value - TOOLBAR }
    const longSide = fillingLongSide(pictures.framed, room, pixelRatio.value)
    const rounded = longSide - (longSide % STEP)
    stage.screenSize = Math.min(LARGEST_SIZE, Math.max(SMALLEST_SCREEN, rounded))
  })
}
