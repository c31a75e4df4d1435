/** @file The one toast: a success that can be undone or followed up. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface ToastAction {
  readonly label: string
  readonly perform: () => void
}

export interface Toast {
  readonly number: number
  readonly message: string
  readonly action: ToastAction | null
}

export const useToastStore = defineStore('toast', () => {
  const toast = shallowRef<Toast | null>(null)
  let shown = 0

  function show(message: string, action: ToastAction | null = null): void {
    shown += 1
    toast.value = { number: shown, message, action }
  }

  function dismiss(): void {
    toast.value = null
  }

  return { toast, show, dismiss }
})
