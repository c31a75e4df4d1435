/** @file What was done, in its order, and can be taken back: the last first, whatever it was. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useToastStore } from './toast'

export interface Step {
  readonly takeBack: () => unknown
  /** Null where it cannot be done again. */
  readonly doAgain: (() => unknown) | null
}

const STEPS_KEPT = 200

export const useHistoryStore = defineStore('history', () => {
  const toasts = useToastStore()
  const done = shallowRef<readonly Step[]>([])
  const undone = shallowRef<readonly Step[]>([])
  let settle = (): void => undefined
  /** The toasts that offer to take a step back, by their number. */
  const offers = new WeakMap<Step, number>()

  const canUndo = computed(() => done.value.length > 0)
  const canRedo = computed(() => undone.value.length > 0)

  /** Before anything is taken back, `count` counts what is on its way as a step of its own. */
  function settleBy(count: () => void): void {
    settle = count
  }

  function add(step: Step): void {
    done.value = [...done.value, step].slice(-STEPS_KEPT)
    undone.value = []
  }

  /** Adds a step and offers the way back in a toast; `onUnused` is called when that has gone without being used. */
  function offer(message: string, step: Step, onUnused?: () => void): void {
    add(step)
    const perform = (): void => {
      settle()
      takeBack(step)
    }
    offers.set(step, toasts.show(message, { label: 'Undo', perform }, onUnused))
  }

  /** The step cannot be taken back any more, or counts in another. Its toast goes as if it had been used. */
  function drop(step: Step): void {
    done.value = done.value.filter((other) => other !== step)
    const toast = offers.get(step)
    if (toast !== undefined) toasts.withdraw(toast)
  }

  function takeBack(step: Step): void {
    drop(step)
    if (step.doAgain !== null) undone.value = [...undone.value, step]
    step.takeBack()
  }

  function undo(): void {
    settle()
    const last = done.value.at(-1)
    if (last !== undefined) takeBack(last)
  }

  function redo(): void {
    const next = undone.value.at(-1)
    if (next === undefined) return
    undone.value = undone.value.slice(0, -1)
    done.value = [...done.value, next]
    next.doAgain?.()
  }

  return { canUndo, canRedo, settleBy, add, offer, drop, undo, redo }
})
