/** @file The painting under way or last made: a projection of main's events, and the wishes sent to main. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { UnfinishedRun, WindowState } from '../../src-shared/contract/window-contract'
import type { ErrorReport } from '../../src-shared/errors/codes'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { isUnderWay, nextRunState, type RunEvent, type RunState } from '../../src-shared/model/run-state'
import { ask } from '../bridge/bridge'
import { usePicturesStore } from './pictures'
import { useRecipeStore } from './recipe'
import { useStageStore } from './stage'
import { useToastStore } from './toast'

export const useRunStore = defineStore('run', () => {
  const run = shallowRef<RunState | null>(null)
  /** Runs that an earlier window left, the latest first. */
  const unfinished = shallowRef<readonly UnfinishedRun[]>([])
  /** How many iterations "Continue" adds to a finished painting. */
  const moreIterations = ref(30)
  /** Why the last wish was not fulfilled. */
  const failure = shallowRef<ErrorReport | null>(null)

  const underWay = computed(() => run.value !== null && isUnderWay(run.value.status))
  /** A painting that was stopped goes on to its end; a finished one gets more iterations. */
  const continueIterations = computed(() => (run.value?.complete === true ? moreIterations.value : 0))
  const isDone = computed(() => run.value?.status === 'done')

  function load(state: WindowState): void {
    run.value = state.run
    unfinished.value = state.unfinished
    if (state.run !== null) useStageStore().showRun()
  }

  function apply(event: RunEvent): void {
    const before = run.value
    run.value = nextRunState(before, event)
    if (event.kind !== 'started') return
    unfinished.value = unfinished.value.filter(({ runId }) => runId !== event.start.runId)
    useStageStore().showRun()
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

  function paint(): Promise<boolean> {
    const { photograph, painting, framing } = usePicturesStore()
    const { recipe, initialImage } = useRecipeStore()
    if (photograph === null || painting === null) return Promise.resolve(false)
    useStageStore().fit()
    return wish(() =>
      ask('paint', {
        photograph: photograph.id,
        framing,
        painting: painting.id,
        initialImage: recipe.init === 'image' ? (initialImage?.id ?? null) : null,
        recipe,
      }),
    )
  }

  const control = (which: 'pause' | 'resume' | 'stop') => wish(() => ask('controlRun', { control: which }))

  const continueRun = (additionalIterations: number) =>
    wish(() => ask('continueRun', { additionalIterations }))

  /** Takes up a run that was cut off; its pictures and its recipe come back with it. */
  async function resume(runId: string, finish: boolean): Promise<void> {
    const resumed = await wish(() => ask('resumeRun', { runId, finish }))
    const start = run.value?.start
    if (!resumed || start?.runId !== runId) return
    usePicturesStore().adopt(start)
    useRecipeStore().recipe = start.recipe
  }

  async function discard(runId: string): Promise<void> {
    if (await wish(() => ask('discardRun', { runId }))) setAside(runId)
  }

  /** Stops offering a run; the next start offers it again. */
  function setAside(runId: string): void {
    unfinished.value = unfinished.value.filter((other) => other.runId !== runId)
  }

  async function save(): Promise<void> {
    await wish(async () => {
      const saved = await ask('savePainting', {})
      if (saved !== null) useToastStore().show(`Saved as ${saved.name}.`, showInFolder)
    })
  }

  async function copy(): Promise<void> {
    if (await wish(() => ask('copyPainting', {}))) useToastStore().show('Copied the painting.')
  }

  const reveal = () => wish(() => ask('revealPainting', {}))
  const showInFolder = { label: 'Show in folder', perform: () => void reveal() }

  return {
    run,
    unfinished,
    moreIterations,
    continueIterations,
    failure,
    underWay,
    isDone,
    load,
    apply,
    paint,
    control,
    continueRun,
    resume,
    discard,
    setAside,
    save,
    copy,
    reveal,
  }
})
