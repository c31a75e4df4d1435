import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorReport } from '../../../src-shared/errors/codes'
import { ImpastoError } from '../../../src-shared/errors/impasto-error'
import type { StylizeJob } from '../../../src-shared/model/stylize-job'
import { exampleJob } from '../../storage/testing/examples'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { JobQueue } from './job-queue'

const job = (runId: string): StylizeJob => exampleJob(runId, `/runs/${runId}`)
const diverged: ErrorReport = { code: 'optimisation-diverged', data: { iteration: 2 } }

let folder: string
let queue: JobQueue
/** The jobs that were begun, in their order. */
let begun: string[]
/** Ends a job that was begun. */
let ends: Map<string, (error: ErrorReport | null) => void>
let changes: number

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'queue')
  queue = await open()
})
afterEach(() => queue.close())

/** Opens the queue of the folder with a worker that begins whatever is not called `unfit`. */
async function open(): Promise<JobQueue> {
  const opened = await JobQueue.open(folder)
  begun = []
  ends = new Map()
  changes = 0
  opened.serve({
    begin: ({ runId }) => {
      if (runId === 'unfit') return Promise.reject(new ImpastoError('file-missing', { path: '/gone.jpg' }))
      begun.push(runId)
      return Promise.resolve({ ended: endOf(runId) })
    },
    onChange: () => {
      changes += 1
    },
  })
  return opened
}

function endOf(runId: string): Promise<ErrorReport | null> {
  return new Promise((resolve) => ends.set(runId, resolve))
}

/** Ends a job and waits until the queue knows. */
async function end(runId: string, error: ErrorReport | null = null): Promise<void> {
  await expect.poll(() => ends.has(runId)).toBe(true)
  const ended = queue.ended()
  ends.get(runId)?.(error)
  await ended
}

const inWords = ({ state }: JobQueue): readonly string[] =>
  state.entries.map((entry) => `${entry.job.runId} ${entry.state}`)
const kept = () => readFile(join(folder, 'queue.json'), 'utf8')

describe('a queue at work', () => {
  it('takes one job at a time, the next when one ends', async () => {
    for (const runId of ['a', 'b', 'c']) queue.add(job(runId))
    expect(inWords(queue)).toEqual(['a running', 'b waiting', 'c waiting'])
    await end('a')
    await end('b')
    expect(begun).toEqual(['a', 'b', 'c'])
    await end('c')
    expect(inWords(queue)).toEqual([])
    queue.add(job('d'))
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
  })

  it('sets aside what fails, or cannot be begun, with its reason, and takes the next', async () => {
    for (const runId of ['a', 'unfit', 'c']) queue.add(job(runId))
    await end('a', diverged)
    await expect.poll(() => begun).toEqual(['a', 'c'])
    expect(inWords(queue)).toEqual(['c running', 'unfit failed', 'a failed'])
    expect(queue.state.entries.map(({ error }) => error?.code)).toEqual([
      undefined,
      'file-missing',
      'optimisation-diverged',
    ])
    queue.retry('a')
    await end('c')
    expect(begun).toEqual(['a', 'c', 'a'])
  })

  it('takes nothing while it is paused, and goes on', async () => {
    queue.add(job('a'))
    queue.add(job('b'))
    queue.pause()
    await end('a')
    expect(inWords(queue)).toEqual(['b waiting'])
    queue.resume()
    queue.resume()
    expect(begun).toEqual(['a', 'b'])
  })

  it('takes nothing while somebody begins a job, which goes before all others', async () => {
    queue.add(job('a'))
    queue.add(job('b'))
    await expect.poll(() => ends.has('a')).toBe(true)
    const release = queue.hold()
    expect(queue.hold()).toBeNull()
    await end('a')
    expect(begun).toEqual(['a'])
    queue.began(job('urgent'), endOf('urgent'))
    release?.()
    expect(inWords(queue)).toEqual(['urgent running', 'b waiting'])
    await end('urgent')
    expect(begun).toEqual(['a', 'b'])
  })

  it('cannot be held while it begins a job itself', () => {
    queue.add(job('a'))
    expect(queue.hold()).toBeNull()
  })

  it('takes what waits where whoever held it has begun nothing', () => {
    const release = queue.hold()
    queue.add(job('a'))
    expect(begun).toEqual([])
    release?.()
    expect(begun).toEqual(['a'])
  })

  it('reorders, takes out and puts back', () => {
    for (const runId of ['a', 'b', 'c', 'd']) queue.add(job(runId))
    queue.move('d', 0)
    queue.remove(['b', 'c', 'a'])
    expect(inWords(queue)).toEqual(['a running', 'd waiting'])
    queue.restore(['b', 'c'])
    queue.restore(['b', 'c'])
    expect(inWords(queue)).toEqual(['a running', 'd waiting', 'b waiting', 'c waiting'])
  })

  it('tells each change once', () => {
    queue.add(job('a'))
    const before = changes
    queue.add(job('a'))
    queue.remove(['a'])
    expect(changes).toBe(before)
    queue.pause()
    expect(changes).toBe(before + 1)
  })
})

describe('a queue on the disk', () => {
  it('goes on after its program has ended, with what ran first', async () => {
    for (const runId of ['a', 'b', 'c']) queue.add(job(runId))
    await end('a', diverged)
    queue.move('c', 0)
    await queue.close()
    // What dies with the program is no failure of the job.
    ends.get('b')?.({ code: 'engine-died', data: { cause: 'signal', detail: '', sizeThatFits: null } })
    queue = await open()
    expect(inWords(queue)).toEqual(['b running', 'c waiting', 'a failed'])
    expect(begun).toEqual(['b'])
    expect(queue.problem).toBeNull()
  })

  it('stays paused, as the painting was', async () => {
    queue.add(job('a'))
    queue.note('a', true)
    await queue.close()
    queue = await open()
    expect(begun).toEqual([])
    expect(inWords(queue)).toEqual(['a waiting'])
    queue.resume()
    expect(begun).toEqual(['a'])
  })

  it.each([
    ['no JSON', '{"version": 1, "entr'],
    ['something else', '{"version": 1, "isPaused": "perhaps", "entries": []}'],
  ])('that cannot be understood is kept under another name, and told: %s', async (_, text) => {
    await queue.close()
    await writeFile(join(folder, 'queue.json'), text)
    queue = await open()
    const problem = queue.problem
    expect(problem?.kind).toBe('set-aside')
    const name = problem?.kind === 'set-aside' ? problem.name : ''
    expect(await readFile(join(folder, name), 'utf8')).toBe(text)
    // Its jobs may need pictures that nobody knows of.
    expect(queue.files).toBeNull()
    queue.add(job('a'))
    await expect.poll(() => readdir(folder)).toContain('queue.json')
    expect(queue.problem).toEqual(problem)
  })

  it('of a newer program waits for that as it is', async () => {
    await queue.close()
    const text = '{"version": 2, "lanes": []}'
    await writeFile(join(folder, 'queue.json'), text)
    queue = await open()
    expect(queue.problem).toEqual({ kind: 'newer' })
    queue.add(job('a'))
    expect(begun).toEqual(['a'])
    await queue.close()
    expect(await kept()).toBe(text)
    expect(await readdir(folder)).toEqual(['queue.json'])
  })

  it('belongs to who opened it first: another one has its own, which ends with it', async () => {
    queue.add(job('a'))
    await expect.poll(kept).toContain('"a"')
    const other = await JobQueue.open(folder)
    expect(other.problem).toEqual({ kind: 'held' })
    expect(other.state.entries).toEqual([])
    other.add(job('b'))
    expect(inWords(other)).toEqual(['b waiting'])
    expect(other.files).toBeNull()
    await other.close()
    expect(await kept()).not.toContain('"b"')
    // The lock is still the first one's.
    expect((await JobQueue.open(folder)).problem).toEqual({ kind: 'held' })
  })

  it('tells that it cannot be written, until it can', async () => {
    queue.add(job('a'))
    await expect.poll(kept).toContain('"a"')
    await rename(folder, `${folder}-away`)
    await writeFile(folder, '')
    queue.add(job('b'))
    await expect.poll(() => queue.problem?.kind).toBe('not-kept')
    await rm(folder)
    await rename(`${folder}-away`, folder)
    queue.add(job('c'))
    await expect.poll(() => queue.problem).toBeNull()
    expect(await kept()).toContain('"b"')
  })

  it('names the files that its jobs need, also of those that can be put back', () => {
    queue.add(job('a'))
    queue.add({ ...job('b'), initialImage: '/kept/start.png' })
    queue.remove(['b'])
    expect(queue.files).toContain('/pictures/cat.jpg')
    expect(queue.files).toContain('/kept/start.png')
  })
})
