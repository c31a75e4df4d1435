/** @file The paintings of the library, the latest first: what was painted is never out of sight. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { WindowState } from '../../src-shared/contract/window-contract'
import { reportOf } from '../../src-shared/errors/impasto-error'
import type { Result } from '../../src-shared/model/result'
import { ask } from '../bridge/bridge'
import { useDeskStore } from './desk'
import { useHistoryStore, type Step } from './history'
import { useRecipeStore } from './recipe'
import { useRunStore } from './run'
import { useStageStore } from './stage'
import { useToastStore } from './toast'

export const useResultsStore = defineStore('results', () => {
  const run = useRunStore()
  const stage = useStageStore()
  const results = shallowRef<readonly Result[]>([])
  /** Paintings of the library that cannot be shown. */
  const hidden = shallowRef<WindowState['hidden']>({ newer: 0, unreadable: 0, absent: 0, problem: null })

  /** What was deleted and can be taken back by the toast that is there. */
  const deletion = shallowRef<Deletion | null>(null)

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
    const start = run.shown?.start.runId === result.runId ? run.shown.start : null
    const step = useDeskStore().adopt(result.recipe, start)
    useHistoryStore().offer(`Took the recipe of ${nameOf(result)}.`, step)
  }

  /** Takes it away; it goes into the system's bin unless that is taken back. */
  async function remove(result: Result): Promise<void> {
    const { runId } = result
    const place = results.value.findIndex((other) => other.runId === runId)
    const takeOut = (): void => {
      results.value = results.value.filter((other) => other.runId !== runId)
    }
    // At once, so that a second press does not delete it again.
    takeOut()
    await ask('deleteResult', { runId })
    // Main may have told its thumbnail meanwhile.
    takeOut()
    if (stage.runId === runId) await lookBeside(place)
    run.forget(runId)
    offerWayBack(result)
  }

  /** One undo brings back all that was deleted while its toast is there; none of that is in the bin before. */
  function offerWayBack(result: Result): void {
    const history = useHistoryStore()
    useRecipeStore().commitStep()
    if (deletion.value !== null) history.drop(deletion.value.step)
    const deleted = [...(deletion.value?.deleted ?? []), result]
    const step: Step = {
      takeBack: () => {
        deletion.value = null
        void restore(deleted)
      },
      doAgain: null,
    }
    const name = deleted.length === 1 ? nameOf(result) : inPaintings(deleted.length)
    history.offer(`Deleted ${name}.`, step, () => {
      history.drop(step)
      deletion.value = null
      for (const { runId } of deleted) void bin(runId)
    })
    deletion.value = { deleted, step }
  }

  async function lookBeside(place: number): Promise<void> {
    const next = results.value[Math.min(place, results.value.length - 1)]
    if (next === undefined || !(await run.look(next.runId))) stage.showPair()
  }

  /** Brings back what was deleted, and looks at what went last. */
  async function restore(deleted: readonly Result[]): Promise<void> {
    for (const { runId } of deleted) {
      try {
        add(await ask('restoreResult', { runId }))
      } catch (thrown) {
        run.failure = reportOf(thrown)
      }
    }
    const last = deleted.at(-1)?.runId
    if (last !== undefined && results.value.some(({ runId }) => runId === last)) await run.look(last)
  }

  /** Where the system has no bin, the painting comes back, with the reason; one that is gone already does not. */
  async function bin(runId: string): Promise<void> {
    try {
      await ask('binResult', { runId })
    } catch (thrown) {
      run.failure = reportOf(thrown)
      const back = await ask('restoreResult', { runId }).catch(() => null)
      if (back !== null) add(back)
    }
  }

  /** Forgets the paintings whose picture was deleted by hand, and says which are not forgotten. */
  async function forgetAbsent(): Promise<void> {
    const before = hidden.value.absent
    const { absent } = await ask('forgetAbsent', {})
    hidden.value = { ...hidden.value, absent }
    const [stay, their] = absent === 1 ? ['stays', 'its'] : ['stay', 'their']
    const forgotten = before === absent ? [] : [`Forgot ${inPaintings(before - absent)}.`]
    const kept = `${String(absent)} ${stay}: ${their} folder is not there now, and ${their} disk may only be away.`
    useToastStore().show([...forgotten, ...(absent === 0 ? [] : [kept])].join(' '))
  }

  return { results, hidden, shown, ended, load, add, compare, again, remove, forgetAbsent }
})

interface Deletion {
  readonly deleted: readonly Result[]
  readonly step: Step
}

function inPaintings(count: number): string {
  return count === 1 ? '1 painting' : `${String(count)} paintings`
}

/** `coffee.png after The Night Café` */
function nameOf({ photograph, painting }: Result): string {
  return `${photograph} after ${painting}`
}
