/** @file The paintings of the library, the latest first: what was painted is never out of sight. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { WindowState } from '../../src-shared/contract/window-contract'
import { reportOf } from '../../src-shared/errors/impasto-error'
import type { Result } from '../../src-shared/model/result'
import { ask } from '../bridge/bridge'
import { usePicturesStore } from './pictures'
import { useRecipeStore } from './recipe'
import { useRunStore } from './run'
import { useStageStore } from './stage'
import { UNDO, useToastStore } from './toast'

export const useResultsStore = defineStore('results', () => {
  const run = useRunStore()
  const stage = useStageStore()
  const results = shallowRef<readonly Result[]>([])
  /** Paintings of the library that cannot be shown. */
  const hidden = shallowRef({ newer: 0, unreadable: 0, absent: 0 })

  /** The one on the stage; null where something else is. */
  const shown = computed(() => results.value.find(({ runId }) => runId === stage.runId) ?? null)
  /** The painting under way stands apart: its older picture, if there is one, does not stand beside it. */
  const ended = computed(() => {
    const current = run.underWay ? run.latest?.start.runId : undefined
    return results.value.filter(({ runId }) => runId !== current)
  })

  function load(state: WindowState): void {
    results.value = state.results
    hidden.value = state.hidden
  }

  /** A painting that has just ended, or whose thumbnail has just been made. */
  function add(result: Result): void {
    const others = results.value.filter(({ runId }) => runId !== result.runId)
    results.value = [...others, result].sort((one, other) => other.ended - one.ended)
  }

  /** Compares it with the photograph. */
  async function compare(runId: string): Promise<void> {
    if (await run.look(runId)) stage.view = 'split'
  }

  /** Takes its pictures and its recipe, to paint it again or to change something first. */
  function again(result: Result): void {
    const start = run.shown?.start
    if (start?.runId === result.runId) usePicturesStore().adopt(start)
    useRecipeStore().loadFrom(nameOf(result), result.recipe)
    const initialImage = start?.initialImage ?? null
    if (initialImage !== null) useRecipeStore().initialImage = initialImage
  }

  /** Takes it away; it goes into the system's bin unless that is taken back. */
  async function remove(result: Result): Promise<void> {
    const { runId } = result
    const place = results.value.indexOf(result)
    await ask('deleteResult', { runId })
    results.value = results.value.filter((other) => other !== result)
    if (stage.runId === runId) await lookBeside(place)
    run.forget(runId)
    useToastStore().show(
      `Deleted ${nameOf(result)}.`,
      { label: UNDO, perform: () => void restore(runId) },
      () => void bin(runId),
    )
  }

  async function lookBeside(place: number): Promise<void> {
    const next = results.value[Math.min(place, results.value.length - 1)]
    if (next === undefined || !(await run.look(next.runId))) stage.showPair()
  }

  async function restore(runId: string): Promise<void> {
    add(await ask('restoreResult', { runId }))
    await run.look(runId)
  }

  /** Where the system has no bin, the painting comes back, with the reason. */
  async function bin(runId: string): Promise<void> {
    try {
      await ask('binResult', { runId })
    } catch (thrown) {
      run.failure = reportOf(thrown)
      add(await ask('restoreResult', { runId }))
    }
  }

  return { results, hidden, shown, ended, load, add, compare, again, remove }
})

/** `coffee.png after The Night Café` */
function nameOf({ photograph, painting }: Result): string {
  return `${photograph} after ${painting}`
}
