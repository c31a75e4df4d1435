/** @file For how long a painting has been coming to its end: whether it may be forced to, and lose what is not saved. */
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useRunStore } from './run'

/** Milliseconds: longer than a double click, or a key held by mistake. */
const PATIENCE = 2000

export const useStoppingStore = defineStore('stopping', () => {
  const run = useRunStore()
  /** It can be stopped now, and has had the time to stop by itself. */
  const canForce = ref(false)

  watch(
    () => run.can('stop-now'),
    (ending, _, onCleanup) => {
      canForce.value = false
      if (!ending) return
      const timer = setTimeout(() => {
        canForce.value = true
      }, PATIENCE)
      onCleanup(() => {
        clearTimeout(timer)
      })
    },
    { immediate: true, flush: 'sync' },
  )

  return { canForce }
})
