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
  /** Called when it goes without its action having been chosen. */
  readonly onUnused: () => void
}

export const useToastStore = defineStore('toast', () => {
  const toast = shallowRef<Toast | null>(null)
  let shown = 0

  /** Shows it in place of the one that is there. Returns its number. */
  function show(
    message: string,
    action: ToastAction | null = null,
    onUnused: () => void = () => undefined,
  ): number {
    dismiss()
    shown += 1
    toast.value = { number: shown, message, action, onUnused }
    return shown
  }

  /** Does what the toast offers, and takes it away. */
  function act(): void {
    const current = toast.value
    toast.value = null
    current?.action?.perform()
  }

  /** Takes one away, if it is still there, without a word to whoever showed it. */
  function withdraw(number: number): void {
    if (toast.value?.number === number) toast.value = null
  }

  function dismiss(): void {
    const current = toast.value
    toast.value = null
    current?.onUnused()
  }

  return { toast, show, act, withdraw, dismiss }
})
