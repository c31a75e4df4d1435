/** @file The queue of paintings, a projection of main's events, and the wishes about it. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { WindowState } from '../../src-shared/contract/window-contract'
import { remainingSeconds, scheduleOf } from '../../src-shared/math/schedule'
import type { PaintingQueue, QueuedPainting } from '../../src-shared/model/queue'
import { ask } from '../bridge/bridge'
import { useEngineStore } from './engine'
import { useHistoryStore } from './history'
import { paintingRequest } from './painting-request'
import { useRecipeStore } from './recipe'
import { useRunStore } from './run'

export const useQueueStore = defineStore('queue', () => {
  const run = useRunStore()
  const engine = useEngineStore()
  const queue = shallowRef<PaintingQueue>({ entries: [], isPaused: false, problem: null })

  const entries = computed(() => queue.value.entries)
  const waiting = computed(() => entries.value.filter(({ state }) => state === 'waiting'))
  /** What can be taken out: what waits, and what was set aside. */
  const removable = computed(() =>
    entries.value.filter(({ state }) => state === 'waiting' || state === 'failed'),
  )
  const isPaused = computed(() => queue.value.isPaused)
  const problem = computed(() => queue.value.problem)
  /** The run that was cut off, or failed, and that is offered: what the queue has goes on by itself, or from there. */
  const offered = computed(() => run.unfinished.find(({ runId }) => !has(runId)) ?? null)
  /** Seconds until all that wait are painted; null where it is not known. */
  const secondsLeft = computed(() => {
    const each = entries.value.filter(({ state }) => state !== 'failed').map(secondsLeftOf)
    return each.reduce((sum, seconds) => (sum === null || seconds === null ? null : sum + seconds), 0)
  })

  function load(state: WindowState): void {
    queue.value = state.queue
  }

  function apply(next: PaintingQueue): void {
    queue.value = next
  }

  function has(runId: string): boolean {
    return entries.value.some((entry) => entry.runId === runId)
  }

  /** Seconds that a painting still takes; null before this machine was measured, or its photograph read. */
  function secondsLeftOf(entry: QueuedPainting): number | null {
    const { runId, photograph, recipe, additionalIterations, savedIteration } = entry
    if (run.underWay && run.latest?.start.runId === runId) return run.latest.secondsLeft
    const { secondsPerMegapixel } = engine.status
    if (photograph.shown === null || secondsPerMegapixel === null) return null
    const schedule = scheduleOf(photograph.shown, recipe, additionalIterations)
    return remainingSeconds(schedule, savedIteration, secondsPerMegapixel)
  }

  /** Has the pair wait for its turn, with the recipe as it is now. */
  async function add(): Promise<void> {
    const request = paintingRequest()
    if (request !== null) await run.wish(() => ask('queuePainting', request))
  }

  /** @param step 1 is later, -1 earlier */
  async function move(runId: string, step: number): Promise<void> {
    const place = waiting.value.findIndex((entry) => entry.runId === runId) + step
    if (place < step || place < 0 || place >= waiting.value.length) return
    await run.wish(() => ask('moveQueued', { runId, place }))
  }

  /** Takes paintings out, which can be undone. */
  async function remove(removed: readonly QueuedPainting[]): Promise<void> {
    const runIds = removed.map(({ runId }) => runId)
    const [first] = removed
    if (first === undefined || !(await run.wish(() => ask('removeQueued', { runIds })))) return
    const step = {
      takeBack: () => run.wish(() => ask('restoreQueued', { runIds })),
      doAgain: () => run.wish(() => ask('removeQueued', { runIds })),
    }
    const what = removed.length === 1 ? nameOf(first) : `${String(removed.length)} paintings`
    useRecipeStore().commitStep()
    useHistoryStore().offer(`Took ${what} out of the queue.`, step)
  }

  /** Takes out all that wait or were set aside. */
  const clear = (): Promise<void> => remove(removable.value)

  const retry = (runId: string) => run.wish(() => ask('retryQueued', { runId }))

  const setPaused = (paused: boolean) => run.wish(() => ask('pauseQueue', { isPaused: paused }))

  return {
    entries,
    waiting,
    removable,
    isPaused,
    problem,
    offered,
    secondsLeft,
    load,
    apply,
    secondsLeftOf,
    add,
    move,
    remove,
    clear,
    retry,
    setPaused,
  }
})

/** `coffee.png after The Night Café` */
function nameOf({ photograph, painting }: QueuedPainting): string {
  return `${photograph.name} after ${painting.name}`
}
