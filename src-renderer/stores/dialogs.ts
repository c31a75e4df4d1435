/** @file Which dialog is open; one at a time. */
import { defineStore } from 'pinia'
import { ref } from 'vue'

export type DialogName = 'framing' | 'settings' | 'shortcuts' | 'computer'

export const useDialogsStore = defineStore('dialogs', () => {
  const current = ref<DialogName | null>(null)

  function open(name: DialogName): void {
    current.value = name
  }

  function close(): void {
    current.value = null
  }

  return { current, open, close }
})
