/** @file The one toast: a success that can be undone or followed up. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

export interface ToastAction {
  readonly label: string
  readonly perform: () => void
}

export interface Toast {
  readonly number: number
  readonly message: string
  readonly action: ToastAction | null
  /** Called when it goes without its action having been chosen. */
  readonly onUnused: () => void
}

/** What the button says that takes something back; Ctrl+Z does the same while it is there. */
export const UNDO = 'Undo'

export const useToastStore = defineStore('toast', () => {
  const toast = shallowRef<Toast | null>(null)
  const offersUndo = computed(() => toast.value?.action?.label === UNDO)
  let shown = 0

  function show(
    message: string,
    action: ToastAction | null = null,
    onUnused: () => void = () => undefined,
  ): void {
    dismiss()
    shown += 1
    toast.value = { number: shown, message, action, onUnused }
  }

  /** Does what the toast offers, and takes it away. */
  function act(): void {
    const current = toast.value
    toast.value = null
    current?.action?.perform()
  }

  function dismiss(): void {
    const current = toast.value
    toast.value = null
    current?.onUnused()
  }

  return { toast, offersUndo, show, act, dismiss }
})
