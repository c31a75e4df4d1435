/** @file What the painting would cost: time and memory, before anything is begun. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { estimatePainting, estimateSeconds } from '../../src-shared/math/estimate'
import { framedSize } from '../../src-shared/math/framing-geometry'
import { fitLongSide, scaleSizes, type ScaleSize } from '../../src-shared/math/scales'
import { useEngineStore } from './engine'
import { usePicturesStore } from './pictures'
import { useRecipeStore } from './recipe'

export const useEstimateStore = defineStore('estimate', () => {
  const pictures = usePicturesStore()
  const recipe = useRecipeStore()
  const engine = useEngineStore()

  /** Pixels of the photograph's file that its framing keeps. */
  const framedPhotograph = computed<ScaleSize | null>(() =>
    pictures.photograph === null ? null : framedSize(pictures.photograph, pictures.framing),
  )

  const finalSize = computed<ScaleSize | null>(() => {
    const size = framedPhotograph.value
    return size === null ? null : fitLongSide(size.width, size.height, recipe.recipe.size)
  })

  const scales = computed(() =>
    finalSize.value === null ? [] : scaleSizes(finalSize.value, recipe.recipe.coarseToFine),
  )

  /** Null until this machine was measured. */
  const seconds = computed(() => {
    const { secondsPerMegapixel } = engine.status
    if (secondsPerMegapixel === null) return null
    return estimateSeconds(scales.value, recipe.recipe.iterations, secondsPerMegapixel)
  })

  /** Bytes; null while there is nothing to paint. */
  const memory = computed(() => {
    const { photograph, painting } = pictures
    const framed = framedPhotograph.value
    if (photograph === null || painting === null || framed === null) return null
    const files = [photograph, painting].map(({ width, height }) => ({ width, height, format: null }))
    return estimatePainting({ photograph: framed, painting, files, recipe: recipe.recipe })
  })
  const fits = computed(() => (memory.value ?? 0) <= engine.machine.memoryFree)

  /** The photograph's long side, where the painting's would be larger; else null. */
  const enlargedFrom = computed(() => {
    const size = framedPhotograph.value
    const longSide = size === null ? 0 : Math.max(size.width, size.height)
    return longSide > 0 && longSide < recipe.recipe.size ? longSide : null
  })

  return { finalSize, scales, seconds, memory, fits, enlargedFrom }
})
