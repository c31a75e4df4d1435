import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ActionId } from '../../src-shared/model/actions'
import type { QueuedPainting } from '../../src-shared/model/queue'
import type { Result } from '../../src-shared/model/result'
import { startedRun, type RunState } from '../../src-shared/model/run-state'
import { isUnderWay, runStatuses, type RunStatus } from '../../src-shared/model/run-status'
import { exampleStart } from '../../src-shared/model/testing/run-start'
import type { WindowPicture } from '../../src-shared/model/window-picture'
import { useActionsStore } from './actions'
import { useDeskStore } from './desk'
import { usePicturesStore } from './pictures'
import { useQueueStore } from './queue'
import { useRecipeStore } from './recipe'
import { useResultsStore } from './results'
import { useRunStore } from './run'
import { useStageStore } from './stage'
import { useToastStore } from './toast'

/** What was asked of main, which answers everything with nothing to tell. */
let asked: { name: string; arguments: unknown }[]
type Answer = (requestArguments: unknown) => unknown
/** Main's answer to a request by its name, where it is another; a function where it depends on what is asked. */
let answers: Record<string, unknown>

beforeEach(() => {
  // What rests before it counts as a step must not come in the middle of the next test.
  vi.useFakeTimers()
  asked = []
  answers = {}
  const bridge = new Proxy(
    {},
    {
      get: (_, name: string) => (requestArguments: unknown) => {
        asked.push({ name, arguments: requestArguments })
        const answer = answers[name] ?? { ok: true, value: {} }
        return Promise.resolve(typeof answer === 'function' ? (answer as Answer)(requestArguments) : answer)
      },
    },
  )
  // The unit tests run without a page: the stores need no more of it than this.
  vi.stubGlobal('window', { impasto: bridge })
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  setActivePinia(createPinia())
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const start = exampleStart()

/** A painting that stands so, on the stage, of the pictures and the recipe on the desk. */
function stand(status: RunStatus, savedIteration = 10): RunState {
  const state = { ...startedRun(start), status, savedIteration }
  useRunStore().latest = state
  useStageStore().showRun(start.runId)
  usePicturesStore().adopt(start)
  return state
}

const enabledAmong = (ids: readonly ActionId[]): readonly ActionId[] =>
  ids.filter((id) => useActionsStore().isEnabled(id))
const requests = (): readonly string[] => asked.map(({ name }) => name)

it('a painting that was set aside and goes on all the same is not offered again', () => {
  const run = useRunStore()
  run.unfinished = [{ runId: 'run', photograph: 'a', painting: 'b', iteration: 5, total: 20 }]
  run.setAside('run')
  run.apply({ runId: 'run', event: { kind: 'started', start } })
  run.offerAgain()
  expect(run.unfinished).toEqual([])
})

describe('the actions of the queue', () => {
  const ofQueue = ['queue-painting', 'pause-queue', 'clear-queue'] as const
  const picture = { name: 'a.png', shown: { image: 'a', width: 1024, height: 1024 } }
  const entry = (runId: string, state: QueuedPainting['state']): QueuedPainting => ({
    runId,
    state,
    error: null,
    photograph: picture,
    painting: picture,
    recipe: start.recipe,
    additionalIterations: 0,
    savedIteration: 0,
  })
  const hold = (entries: readonly QueuedPainting[], isPaused = false): void => {
    useQueueStore().apply({ entries: [...entries], isPaused, problem: null })
  }

  it('are none where nothing is under way and nothing waits', () => {
    usePicturesStore().adopt(start)
    expect(enabledAmong(ofQueue)).toEqual([])
  })

  it.each(runStatuses)('have another painting wait while one is under way: %s', (status) => {
    stand(status)
    expect(enabledAmong(['queue-painting'])).toEqual(isUnderWay(status) ? ['queue-painting'] : [])
  })

  it('ask main for the pair and the recipe as they are now, changed or not', async () => {
    stand('painting')
    useActionsStore().perform('queue-painting')
    useRecipeStore().set('detail', 12)
    useActionsStore().perform('queue-painting')
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.filter(({ name }) => name === 'queuePainting')).toMatchObject([
      { arguments: { photograph: 'a', recipe: start.recipe } },
      { arguments: { recipe: { ...start.recipe, detail: 12 } } },
    ])
  })

  it('pause and resume it', () => {
    hold([entry('a', 'waiting')])
    expect(enabledAmong(ofQueue)).toEqual(['pause-queue', 'clear-queue'])
    useActionsStore().perform('pause-queue')
    hold([], true)
    expect(useActionsStore().marked).toContain('pause-queue')
    useActionsStore().perform('pause-queue')
    expect(asked.map((one) => one.arguments)).toEqual([{ isPaused: true }, { isPaused: false }])
  })

  it('clear it of all but the painting under way; one undo puts it back', async () => {
    stand('painting')
    hold([entry('run', 'running'), entry('a', 'waiting'), entry('b', 'failed')])
    useActionsStore().perform('clear-queue')
    await vi.advanceTimersByTimeAsync(0)
    useActionsStore().perform('undo')
    await vi.advanceTimersByTimeAsync(0)
    useActionsStore().perform('redo')
    const runIds = ['a', 'b']
    expect(asked).toEqual([
      { name: 'removeQueued', arguments: { runIds } },
      { name: 'restoreQueued', arguments: { runIds } },
      { name: 'removeQueued', arguments: { runIds } },
    ])
  })

  it('move a painting by one place, and not beyond the ends', async () => {
    hold([entry('a', 'waiting'), entry('b', 'waiting'), entry('c', 'failed')])
    const queue = useQueueStore()
    await queue.move('a', -1)
    await queue.move('b', 1)
    await queue.move('c', -1)
    await queue.move('gone', 1)
    expect(asked).toEqual([])
    await queue.move('b', -1)
    expect(asked).toEqual([{ name: 'moveQueued', arguments: { runId: 'b', place: 0 } }])
  })

  it('leave what is in the queue out of the offers to go on', () => {
    const run = useRunStore()
    const left = { photograph: 'a.png', painting: 'b.png', iteration: 4, total: 9 }
    run.unfinished = [
      { runId: 'a', ...left },
      { runId: 'x', ...left },
    ]
    hold([entry('a', 'failed')])
    expect(useQueueStore().offered?.runId).toBe('x')
    hold([])
    expect(useQueueStore().offered?.runId).toBe('a')
  })
})

describe('the actions of a painting', () => {
  const ofRun = ['paint', 'pause', 'stop', 'continue', 'save-painting'] as const
  const expected: Readonly<Record<RunStatus, readonly ActionId[]>> = {
    preparing: ['pause', 'stop'],
    painting: ['pause', 'stop'],
    pausing: ['pause', 'stop'],
    paused: ['pause', 'stop'],
    stopping: [],
    saving: [],
    finished: ['paint', 'continue', 'save-painting'],
    stopped: ['paint', 'continue', 'save-painting'],
    failed: ['paint', 'continue'],
  }

  it.each(runStatuses)('are those that its status allows: %s', (status) => {
    stand(status)
    expect(enabledAmong(ofRun)).toEqual(expected[status])
  })

  it('are none before there are pictures, then only to paint', () => {
    expect(enabledAmong(ofRun)).toEqual([])
    usePicturesStore().adopt(start)
    expect(enabledAmong(ofRun)).toEqual(['paint'])
  })

  it('do not continue a finished or stopped painting without a checkpoint', () => {
    stand('stopped', 0)
    expect(enabledAmong(['continue'])).toEqual([])
    stand('failed', 0)
    // It begins anew what failed before anything of it was saved.
    expect(enabledAmong(['continue'])).toEqual(['continue'])
  })

  it.each([
    ['painting', 'pause', 'pause'],
    ['paused', 'pause', 'resume'],
    ['painting', 'stop', 'stop'],
  ] as const)('ask main, while it is %s, for %s as %s', (status, action, control) => {
    stand(status)
    expect(useActionsStore().perform(action)).toBe(true)
    expect(asked).toEqual([{ name: 'controlRun', arguments: { runId: 'run', control } }])
  })

  it.each(['stopping', 'saving'] as const)('force its end only after a while of %s', async (status) => {
    const actions = useActionsStore()
    stand('painting')
    actions.perform('stop')
    stand(status)
    await vi.advanceTimersByTimeAsync(1900)
    expect(actions.perform('stop')).toBe(false)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(actions.perform('stop')).toBe(true)
    expect(asked[1]).toEqual({ name: 'controlRun', arguments: { runId: 'run', control: 'stop-now' } })
    // Another painting is stopped without force again.
    stand('stopped')
    stand(status)
    expect(actions.perform('stop')).toBe(false)
  })

  it('wait for its end once, whether it stops or saves', async () => {
    const actions = useActionsStore()
    stand('stopping')
    await vi.advanceTimersByTimeAsync(1900)
    stand('saving')
    await vi.advanceTimersByTimeAsync(200)
    expect(actions.isEnabled('stop')).toBe(true)
  })

  it('that cannot be done ask for nothing', () => {
    stand('saving')
    for (const id of ['paint', 'pause', 'stop', 'continue', 'save-painting'] as const)
      expect(useActionsStore().perform(id)).toBe(false)
    expect(asked).toEqual([])
  })
})

describe('to paint', () => {
  it('begins one, once however often it is pressed', () => {
    usePicturesStore().adopt(start)
    const actions = useActionsStore()
    expect([actions.perform('paint'), actions.perform('paint')]).toEqual([true, false])
    expect(asked).toMatchObject([{ name: 'paint', arguments: { photograph: 'a', instead: false } }])
  })

  it('starts again while one is under way, once something is different', () => {
    stand('painting')
    const actions = useActionsStore()
    expect(actions.perform('paint')).toBe(false)
    useRecipeStore().set('strength', 12)
    expect(actions.perform('paint')).toBe(true)
    expect(asked).toMatchObject([{ name: 'paint', arguments: { instead: true, recipe: { strength: 12 } } }])
  })

  it('waits for the image that the recipe starts from', () => {
    usePicturesStore().adopt(start)
    useRecipeStore().set('init', 'image')
    expect(enabledAmong(['paint'])).toEqual([])
    useRecipeStore().initialImage = start.painting
    expect(enabledAmong(['paint'])).toEqual(['paint'])
  })

  it('is possible again after a refusal, whose reason is kept', async () => {
    usePicturesStore().adopt(start)
    answers.paint = { ok: false, error: { code: 'usage', data: { message: 'no' } } }
    useActionsStore().perform('paint')
    await vi.waitFor(() => {
      expect(useRunStore().failure).toEqual({ code: 'usage', data: { message: 'no' } })
    })
    expect(enabledAmong(['paint'])).toEqual(['paint'])
  })
})

describe('undo and redo', () => {
  it('go back and forth in the recipe, and a new step ends the way forth', () => {
    const recipe = useRecipeStore()
    const actions = useActionsStore()
    expect(enabledAmong(['undo', 'redo', 'reset-recipe'])).toEqual([])
    recipe.set('strength', 12)
    expect(enabledAmong(['undo', 'redo', 'reset-recipe'])).toEqual(['undo', 'reset-recipe'])
    actions.perform('undo')
    expect(recipe.valueOf('strength')).toBe(70)
    expect(enabledAmong(['undo', 'redo', 'reset-recipe'])).toEqual(['redo'])
    actions.perform('redo')
    expect(recipe.valueOf('strength')).toBe(12)
    actions.perform('undo')
    recipe.set('detail', 3)
    expect(enabledAmong(['undo', 'redo'])).toEqual(['undo'])
    actions.perform('reset-recipe')
    expect(recipe.valueOf('detail')).toBe(50)
  })

  it('keep a value that does not fit out of the recipe', () => {
    useRecipeStore().set('strength', 101)
    expect(useRecipeStore().valueOf('strength')).toBe(70)
    expect(enabledAmong(['undo'])).toEqual([])
  })
})

describe('a picture that was taken off its shelf', () => {
  it('comes back in its turn, and is chosen as it was', () => {
    const pictures = usePicturesStore()
    pictures.adopt(start)
    const other = { ...start.painting, id: 'b' }
    pictures.choosePainting(other)
    pictures.remove('painting', other)
    useRecipeStore().set('strength', 12)
    const actions = useActionsStore()
    actions.perform('undo')
    expect([useRecipeStore().valueOf('strength'), pictures.painting?.id]).toEqual([70, 'a'])
    actions.perform('undo')
    expect([pictures.paintings.map(({ id }) => id), pictures.painting?.id]).toEqual([['a', 'b'], 'b'])
    actions.perform('redo')
    expect([pictures.paintings.map(({ id }) => id), pictures.painting?.id]).toEqual([['a'], 'a'])
  })
})

describe('a painting of the library', () => {
  const result: Result = {
    runId: 'run',
    photograph: 'a.png',
    painting: 'b.png',
    recipe: { ...start.recipe, strength: 5 },
    ended: 1,
    iteration: 60,
    total: 60,
    thumbnail: null,
  }

  it('gives its recipe, with the way back', () => {
    stand('finished')
    useResultsStore().add(result)
    useActionsStore().perform('again')
    expect(useRecipeStore().valueOf('strength')).toBe(5)
    useToastStore().act()
    expect(useRecipeStore().valueOf('strength')).toBe(70)
  })

  it('cannot be deleted while it is painted', () => {
    stand('painting')
    useResultsStore().add(result)
    expect(enabledAmong(['delete-result'])).toEqual([])
    expect(useResultsStore().ended).toEqual([])
  })

  it('cannot be deleted while it is on its way to go on', () => {
    stand('finished')
    useResultsStore().add(result)
    expect(enabledAmong(['delete-result'])).toEqual(['delete-result'])
    useActionsStore().perform('continue')
    expect(enabledAmong(['delete-result'])).toEqual([])
  })

  it('is deleted, and goes into the bin unless that is taken back', async () => {
    stand('finished')
    const results = useResultsStore()
    results.add(result)
    useActionsStore().perform('delete-result')
    await vi.waitFor(() => {
      expect(useToastStore().toast?.message).toBe('Deleted a.png after b.png.')
    })
    expect(results.results).toEqual([])
    expect(useStageStore().runId).toBeNull()
    expect(requests()).toEqual(['deleteResult'])
    answers.restoreResult = { ok: true, value: result }
    useToastStore().act()
    await vi.waitFor(() => {
      expect(results.results).toEqual([result])
    })
    // It is looked at again, as the library has it.
    expect(requests()).toEqual(['deleteResult', 'restoreResult', 'showResult'])
  })

  /** Several paintings of the library, which main gives back by their run. */
  function hang(...runIds: readonly string[]): readonly Result[] {
    const hung = runIds.map((runId) => ({ ...result, runId, ended: runIds.length - runIds.indexOf(runId) }))
    answers.restoreResult = ({ runId }: Result) => ({
      ok: true,
      value: hung.find((one) => one.runId === runId),
    })
    answers.showResult = ({ runId }: Result) => ({
      ok: true,
      value: { ...startedRun(exampleStart({ runId })), status: 'finished' },
    })
    for (const one of hung) useResultsStore().add(one)
    return hung
  }
  const listed = (): readonly string[] => useResultsStore().results.map(({ runId }) => runId)
  const sent = (name: string): readonly unknown[] =>
    asked.filter((one) => one.name === name).map((one) => (one.arguments as Result).runId)

  it('is deleted together with others: none is in the bin while that can be taken back, and all come back', async () => {
    const [first, second, third] = hang('first', 'second', 'third') as [Result, Result, Result]
    for (const one of [first, second, third]) await useResultsStore().remove(one)
    expect(useToastStore().toast?.message).toBe('Deleted 3 paintings.')
    expect([listed(), sent('binResult')]).toEqual([[], []])
    useToastStore().act()
    await vi.waitFor(() => {
      expect(listed()).toEqual(['first', 'second', 'third'])
    })
    useToastStore().dismiss()
    expect(sent('binResult')).toEqual([])
  })

  it('goes into the bin with the others once the toast has gone, and cannot be taken back then', async () => {
    const [first, second] = hang('first', 'second') as [Result, Result]
    for (const one of [first, second]) await useResultsStore().remove(one)
    expect(enabledAmong(['undo'])).toEqual(['undo'])
    useToastStore().dismiss()
    expect(sent('binResult')).toEqual(['first', 'second'])
    expect(enabledAmong(['undo'])).toEqual([])
    const [third] = hang('third') as [Result]
    await useResultsStore().remove(third)
    expect(useToastStore().toast?.message).toBe('Deleted a.png after b.png.')
  })

  it('is deleted once, however often that is wished', async () => {
    stand('finished')
    hang('run', 'other')
    const actions = useActionsStore()
    expect([actions.perform('delete-result'), actions.perform('delete-result')]).toEqual([true, false])
    await vi.waitFor(() => {
      expect(useToastStore().toast?.message).toBe('Deleted a.png after b.png.')
    })
    expect(sent('deleteResult')).toEqual(['run'])
  })

  it('stays deleted where its thumbnail is told meanwhile', async () => {
    const [first] = hang('first') as [Result]
    const removed = useResultsStore().remove(first)
    useResultsStore().add({ ...first, thumbnail: 'c' })
    await removed
    expect(listed()).toEqual([])
  })

  it('is offered to go on no more once it is deleted', async () => {
    const run = useRunStore()
    const [first, second] = hang('first', 'second') as [Result, Result]
    const cutOff = ({ runId }: Result) => ({ runId, photograph: 'a', painting: 'b', iteration: 5, total: 20 })
    run.unfinished = [cutOff(first), cutOff(second)]
    run.setAside('second')
    for (const one of [first, second]) await useResultsStore().remove(one)
    expect([run.unfinished, run.aside]).toEqual([[], []])
  })

  it('is taken back by its toast without losing what a slider was moved since', async () => {
    const recipe = useRecipeStore()
    const [first] = hang('first') as [Result]
    await useResultsStore().remove(first)
    recipe.set('strength', 11)
    useToastStore().act()
    await vi.waitFor(() => {
      expect(listed()).toEqual(['first'])
    })
    expect(recipe.valueOf('strength')).toBe(11)
    useActionsStore().perform('undo')
    expect(recipe.valueOf('strength')).toBe(70)
  })

  it('comes back in its turn: what was done last is taken back first', async () => {
    const recipe = useRecipeStore()
    const actions = useActionsStore()
    const [first] = hang('first') as [Result]
    recipe.set('detail', 20)
    await useResultsStore().remove(first)
    recipe.set('strength', 12)
    actions.perform('undo')
    expect([recipe.valueOf('strength'), recipe.valueOf('detail'), listed()]).toEqual([70, 20, []])
    actions.perform('undo')
    await vi.waitFor(() => {
      expect(listed()).toEqual(['first'])
    })
    expect(useToastStore().toast).toBeNull()
    expect(recipe.valueOf('detail')).toBe(20)
    actions.perform('undo')
    expect(recipe.valueOf('detail')).toBe(50)
    expect(enabledAmong(['undo', 'redo'])).toEqual(['redo'])
    expect(sent('binResult')).toEqual([])
  })

  it('gives all that it was made of, and one undo takes back all of it', () => {
    const pictures = usePicturesStore()
    const recipe = useRecipeStore()
    const picture = (id: string): WindowPicture => ({ ...start.painting, id, name: `${id}.png` })
    const before = exampleStart({
      photograph: picture('p'),
      painting: picture('q'),
      framed: { image: 'f', width: 9, height: 9 },
    })
    const made = exampleStart({
      recipe: { ...start.recipe, init: 'image', strength: 5 },
      initialImage: picture('i'),
      framing: { ...start.framing, quarterTurns: 1 },
    })
    useRunStore().latest = { ...startedRun(made), status: 'finished' }
    useStageStore().showRun(made.runId)
    pictures.adopt(before)
    useResultsStore().add({ ...result, recipe: made.recipe })
    const desk = (): unknown => useDeskStore().desk
    const asBefore = desk()
    useActionsStore().perform('again')
    expect([
      pictures.photograph?.id,
      pictures.painting?.id,
      pictures.framing.quarterTurns,
      recipe.initialImage?.id,
    ]).toEqual(['a', 'a', 1, 'i'])
    const adopted = desk()
    useActionsStore().perform('undo')
    expect(desk()).toEqual(asBefore)
    expect(pictures.framed).toEqual(before.framed)
    expect(useToastStore().toast).toBeNull()
    useActionsStore().perform('redo')
    expect(desk()).toEqual(adopted)
    // A picture that was chosen since stays.
    pictures.choosePainting(picture('own'))
    useActionsStore().perform('undo')
    expect([pictures.photograph?.id, pictures.painting?.id]).toEqual(['p', 'own'])
  })

  it('that is gone already when it shall go into the bin is no fault', async () => {
    const [first] = hang('first') as [Result]
    const error = { code: 'file-missing', data: { path: 'a' } }
    answers.binResult = { ok: false, error }
    answers.restoreResult = { ok: false, error }
    await useResultsStore().remove(first)
    useToastStore().dismiss()
    await vi.waitFor(() => {
      expect(requests()).toContain('restoreResult')
    })
    // A rejection that nobody handles fails the test run.
    await vi.advanceTimersByTimeAsync(1000)
    expect(listed()).toEqual([])
  })

  it('whose picture is not where it was is forgotten where that is wished, and it is said which stay', async () => {
    const results = useResultsStore()
    results.hidden = { newer: 1, unreadable: 0, absent: 3, problem: null }
    answers.forgetAbsent = { ok: true, value: { absent: 1 } }
    await results.forgetAbsent()
    expect(results.hidden).toEqual({ newer: 1, unreadable: 0, absent: 1, problem: null })
    expect(useToastStore().toast?.message).toMatch(/^Forgot 2 paintings\. 1 stays: its folder/)
  })

  it('comes back, with the reason, where there is no bin', async () => {
    stand('finished')
    const results = useResultsStore()
    results.add(result)
    answers.binResult = { ok: false, error: { code: 'bin-unavailable', data: { path: 'a', reason: 'none' } } }
    answers.restoreResult = { ok: true, value: result }
    await results.remove(result)
    useToastStore().dismiss()
    await vi.waitFor(() => {
      expect(results.results).toEqual([result])
    })
    expect(useRunStore().failure?.code).toBe('bin-unavailable')
  })
})
