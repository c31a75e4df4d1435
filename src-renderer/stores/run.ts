/** @file The painting that was begun last, a projection of main's events; the one that is looked at; and the wishes sent to main. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { UnfinishedRun, WindowEvent, WindowState } from '../../src-shared/contract/window-contract'
import type { ErrorReport } from '../../src-shared/errors/codes'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { nextRunState, type RunControl, type RunState } from '../../src-shared/model/run-state'
import { canWish, isUnderWay, type RunWish } from '../../src-shared/model/run-status'
import { ask } from '../bridge/bridge'
import { useDeskStore } from './desk'
import { useHistoryStore } from './history'
import { paintingRequest } from './painting-request'
import { useStageStore } from './stage'
import { useToastStore } from './toast'

/** Wishes that begin a painting, of which one is on its way at a time. */
const BEGINNINGS: ReadonlySet<RunWish> = new Set<RunWish>(['paint', 'start-again', 'continue', 'retry'])

export const useRunStore = defineStore('run', () => {
  const stage = useStageStore()
  /** The painting that was begun last; null before the first. */
  const latest = shallowRef<RunState | null>(null)
  /** A painting of the library that was looked at. */
  const looked = shallowRef<RunState | null>(null)
  /** Runs that an earlier window left, the latest first. */
  const unfinished = shallowRef<readonly UnfinishedRun[]>([])
  /** Of these, the ones that a person does not want to decide about now. */
  const aside = shallowRef<readonly UnfinishedRun[]>([])
  /** How many iterations "Continue" adds to a finished painting. */
  const moreIterations = ref(30)
  /** Why the last wish was not fulfilled. */
  const failure = shallowRef<ErrorReport | null>(null)
  /** A wish to begin is on its way: a second one would come too early. */
  const beginning = ref(false)

  let lookedFor: string | null = null

  const underWay = computed(() => latest.value !== null && isUnderWay(latest.value.status))
  /** The painting on the stage; null where the pair is. */
  const shown = computed(
    () => [looked.value, latest.value].find((run) => run?.start.runId === stage.runId) ?? null,
  )
  /** The painting that the dock speaks of: the one under way, whatever is looked at. */
  const docked = computed(() => (underWay.value ? latest.value : (shown.value ?? latest.value)))
  /** The painting that must not be lost from sight: the one under way, or one that failed and can go on. */
  const pressing = computed(() =>
    underWay.value || latest.value?.status === 'failed' ? latest.value : docked.value,
  )
  /** Something else is looked at. */
  const isOutOfSight = computed(() => pressing.value !== null && pressing.value !== shown.value)
  /** The painting that can be handed on: the one that is looked at before all others. */
  const saveable = computed(
    () => [shown.value, docked.value].find((run) => run !== null && canWish(run, 'save')) ?? null,
  )

  function load(state: WindowState): void {
    latest.value = state.run
    unfinished.value = state.unfinished
    looked.value = state.looked
    const onStage = state.run ?? state.looked
    if (onStage !== null) stage.showRun(onStage.start.runId)
  }

  function apply({ runId, event }: WindowEvent<'run'>): void {
    if (event.kind === 'started') {
      const before = [latest.value, looked.value].find((run) => run?.start.runId === runId) ?? null
      keepOffering(latest.value, runId)
      latest.value = nextRunState(before, event)
      if (looked.value?.start.runId === runId) looked.value = null
      stopOffering(runId)
      stage.showRun(runId)
    } else if (latest.value?.start.runId === runId) {
      latest.value = nextRunState(latest.value, event)
    }
  }

  /** A painting that failed makes room for another, and is offered to go on once that has come to its end. */
  function keepOffering(left: RunState | null, next: string): void {
    if (left?.status !== 'failed' || left.savedIteration === 0 || left.start.runId === next) return
    const { runId, photograph, painting } = left.start
    unfinished.value = [
      {
        runId,
        photograph: photograph.name,
        painting: painting.name,
        iteration: left.savedIteration,
        total: left.total,
      },
      ...unfinished.value,
    ]
  }

  /** Whether something can be wished of the painting that the dock speaks of. */
  function can(wished: RunWish): boolean {
    if (beginning.value && BEGINNINGS.has(wished)) return false
    return canWish(docked.value, wished)
  }

  /** Sends a wish to main, and keeps the reason where it is refused. */
  async function wish(work: () => Promise<unknown>): Promise<boolean> {
    failure.value = null
    try {
      await work()
      return true
    } catch (thrown) {
      failure.value = reportOf(thrown)
      return false
    }
  }

  /** A wish that begins a painting; one at a time. */
  async function begin(work: () => Promise<unknown>): Promise<boolean> {
    if (beginning.value) return false
    beginning.value = true
    return wish(work).finally(() => {
      beginning.value = false
    })
  }

  /** Paints the pair with the recipe; `instead` of the painting under way, of which what there is is kept. */
  function paint({ instead }: { readonly instead: boolean }): Promise<boolean> {
    const request = paintingRequest()
    if (request === null) return Promise.resolve(false)
    return begin(() => ask('paint', { ...request, instead }))
  }

  async function control(which: RunControl | 'stop-now'): Promise<void> {
    const runId = latest.value?.start.runId
    if (runId !== undefined) await wish(() => ask('controlRun', { runId, control: which }))
  }

  /** A painting that was stopped goes on to its end; a finished one gets more iterations. */
  function continueRun(run: RunState): Promise<boolean> {
    const additionalIterations = run.status === 'finished' ? moreIterations.value : 0
    const { runId } = run.start
    const anew = canWish(run, 'retry')
    return begin(() => ask('continueRun', { runId, additionalIterations, anew, finish: false }))
  }

  /** Takes up a run that was cut off; its pictures and its recipe come back with it. */
  async function resume(runId: string, finish: boolean): Promise<void> {
    const resumed = await begin(() =>
      ask('continueRun', { runId, additionalIterations: 0, anew: false, finish }),
    )
    const start = latest.value?.start
    if (!resumed || start?.runId !== runId) return
    useHistoryStore().add(useDeskStore().adopt(start.recipe, start))
  }

  async function discard(runId: string): Promise<void> {
    if (await wish(() => ask('discardRun', { runId }))) stopOffering(runId)
  }

  /** Neither offers a run any more nor counts it among those that were set aside. */
  function stopOffering(runId: string): void {
    unfinished.value = unfinished.value.filter((other) => other.runId !== runId)
    aside.value = aside.value.filter((other) => other.runId !== runId)
  }

  /** Stops offering a run, which stays at hand. */
  function setAside(runId: string): void {
    const left = unfinished.value.find((other) => other.runId === runId)
    stopOffering(runId)
    if (left !== undefined) aside.value = [...aside.value, left]
  }

  /** Offers again what was set aside. */
  function offerAgain(): void {
    unfinished.value = [...unfinished.value, ...aside.value]
    aside.value = []
  }

  /** Puts a painting of the library on the stage; one that is gone leaves the stage as it is. */
  async function look(runId: string): Promise<boolean> {
    // The picture that a failed continuation left stands in the library as it was.
    if (latest.value?.start.runId === runId && latest.value.status !== 'failed') {
      lookedFor = runId
      stage.showRun(runId)
      return true
    }
    lookedFor = runId
    return wish(async () => {
      const state = await ask('showResult', { runId })
      // Another one was chosen meanwhile.
      if (lookedFor !== runId) return
      looked.value = state
      stage.showRun(runId)
    })
  }

  /** One step back to the painting that was left. */
  function backToPainting(): void {
    const runId = pressing.value?.start.runId
    if (runId === undefined) return
    if (looked.value?.start.runId === runId && pressing.value !== looked.value) looked.value = null
    stage.showRun(runId)
  }

  /** Lets go of a painting that was deleted. */
  function forget(runId: string): void {
    if (latest.value?.start.runId === runId && !underWay.value) latest.value = null
    if (looked.value?.start.runId === runId) looked.value = null
    stopOffering(runId)
  }

  /** The checkpoints of all ended paintings are gone: none of them can be continued. */
  function forgetCheckpoints(): void {
    for (const run of [latest, looked]) {
      if (run.value !== null && canWish(run.value, 'save')) run.value = { ...run.value, savedIteration: 0 }
    }
  }

  async function save(runId: string): Promise<void> {
    await wish(async () => {
      const saved = await ask('savePainting', { runId })
      if (saved === null) return
      useToastStore().show(`Saved as ${saved.name}.`, {
        label: 'Show in folder',
        perform: () => void reveal(runId),
      })
    })
  }

  async function copy(runId: string): Promise<void> {
    if (await wish(() => ask('copyPainting', { runId }))) useToastStore().show('Copied the painting.')
  }

  const reveal = (runId: string) => wish(() => ask('revealPainting', { runId }))

  return {
    latest,
    shown,
    docked,
    isOutOfSight,
    saveable,
    unfinished,
    moreIterations,
    failure,
    underWay,
    beginning,
    load,
    apply,
    can,
    wish,
    paint,
    control,
    continueRun,
    resume,
    discard,
    aside,
    setAside,
    offerAgain,
    look,
    backToPainting,
    forget,
    forgetCheckpoints,
    save,
    copy,
    reveal,
  }
})
