/**
 * @file The folder of a run: its job, how far it came, its checkpoint.
 *
 *   <library>/runs/<run id>/job.json                  the job, written before the work begins (job-file.ts)
 *                           progress.json             state, iteration, total
 *                           checkpoint.safetensors    written by the painting task
 *                           thumbnail.jpg             of its result, made by the window
 *                           process-….lock            while a process works on it (run-lock.ts)
 *
 * A folder that this program cannot understand (a newer Impasto's, a damaged one) is told and left as it is.
 */
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import type { Job } from '../../src-shared/model/job'
import { jobIn, jobPath, refuseNewerJob, writeJob, type ForeignReason } from './job-file'
import { readJsonFile, writeJsonFile } from './json-file'
import type { Library } from './library'
import { makeFolder } from './make-folder'
import { lockRun, runHolder } from './run-lock'
import { sweepStagedFiles } from './write-atomically'

const progressSchema = z.object({
  state: z.enum(['running', 'stopped', 'finished']),
  /** Iterations done, of how many, over the whole run. */
  iteration: z.int().min(0),
  total: z.int().min(0),
})
export type RunProgress = Readonly<z.infer<typeof progressSchema>>

/** What the disk knows of a run. */
export interface RunRecord {
  readonly id: string
  readonly folder: string
  readonly job: Job
  /** `interrupted`: it was running when its process ended. */
  readonly state: RunProgress['state'] | 'interrupted'
  readonly iteration: number
  readonly total: number
  readonly hasCheckpoint: boolean
  /** When its progress was last written. */
  readonly changed: Date
}

/** A run's folder that cannot be used, and is kept as it is. */
export interface ForeignRun {
  readonly id: string
  readonly reason: ForeignReason
}

export const progressPath = (folder: string): string => join(folder, 'progress.json')

export function runFolder(library: Library, runId: string): string {
  return join(library.runs, runId)
}

export function checkpointPath(folder: string): string {
  return join(folder, 'checkpoint.safetensors')
}

export function thumbnailPath(folder: string): string {
  return join(folder, 'thumbnail.jpg')
}

/**
 * Writes down in the job's folder, which is made, what is about to be done.
 * Called by the process that holds the run's lock.
 *
 * @throws ImpastoError `disk-full`, `output-unwritable`, `run-too-new` where a newer program wrote the job there
 */
export async function recordJob(job: Job): Promise<void> {
  await makeFolder(job.folder)
  await refuseNewerJob(job.folder)
  await sweepStagedFiles(job.folder)
  await writeJob(job)
}

/** @throws ImpastoError `disk-full`, `output-unwritable` */
export async function recordProgress(folder: string, progress: RunProgress): Promise<void> {
  await writeJsonFile(progressPath(folder), progress)
}

/** The run in a folder, null where there is none that can be used. Never rejects. */
export async function readRun(folder: string): Promise<RunRecord | null> {
  const found = await inspectRun(folder)
  return found === null || 'reason' in found ? null : found
}

/**
 * The run in a folder, why it cannot be used, or null where there is none. Never rejects.
 *
 * @param read gives what the files hold, as `readRunFiles` does
 */
export async function inspectRun(
  folder: string,
  read: typeof readRunFiles = readRunFiles,
): Promise<RunRecord | ForeignRun | null> {
  try {
    const files = await read(folder)
    return files === null ? null : await runIn(folder, files)
  } catch {
    // The system does not let us look: rights, a broken disk, a folder in the file's place.
    return { id: basename(folder), reason: 'unreadable' }
  }
}

/** What the files of a run hold; what that means is another matter. */
export interface RunFiles {
  readonly job: unknown
  readonly progress: unknown
  readonly hasCheckpoint: boolean
  /** When its progress was last written, in milliseconds of the epoch. */
  readonly changed: number
}

/**
 * Null where there is no job.
 *
 * @throws ImpastoError `file-unreadable`, `not-a-file`, or the system's error, where it does not let us look
 */
export async function readRunFiles(folder: string): Promise<RunFiles | null> {
  if ((await stat(jobPath(folder)).catch(missing)) === null) return null
  const job = await readJsonFile(jobPath(folder), z.unknown())
  const written = await stat(progressPath(folder)).catch(() => stat(jobPath(folder)))
  return {
    job,
    progress: await readJsonFile(progressPath(folder), z.unknown()),
    hasCheckpoint: (await stat(checkpointPath(folder)).catch(() => null)) !== null,
    changed: written.mtimeMs,
  }
}

async function runIn(folder: string, files: RunFiles): Promise<RunRecord | ForeignRun> {
  const id = basename(folder)
  const job = jobIn(files.job)
  if (typeof job === 'string') return { id, reason: job }
  // A folder that was copied under another name would be a second run of one id.
  if (job.runId !== id) return { id, reason: 'unreadable' }
  // A run that was cut off before it first wrote its progress can have a checkpoint all the same.
  const progress = progressSchema.safeParse(files.progress).data ?? notBegun
  const interrupted = progress.state === 'running' && (await runHolder(folder)) === null
  return {
    ...progress,
    id,
    folder,
    job: { ...job, folder },
    state: interrupted ? 'interrupted' : progress.state,
    hasCheckpoint: files.hasCheckpoint,
    changed: new Date(files.changed),
  }
}

const notBegun: RunProgress = { state: 'running', iteration: 0, total: 0 }

function missing(thrown: unknown): null {
  if (
    thrown instanceof Error &&
    'code' in thrown &&
    (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')
  ) {
    return null
  }
  throw thrown
}

/**
 * Deletes a run with its checkpoint; the picture that it saved elsewhere stays.
 *
 * @param first what has to be done before, while nobody else can work on the run; where it rejects, the run stays
 * @throws ImpastoError `run-busy` where a process works on it
 */
export async function deleteRun(
  folder: string,
  first: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await whileLocked(folder, async () => {
    await first()
    await rm(folder, { recursive: true, force: true })
  })
}

/**
 * Deletes the checkpoint of a run, which then stands as it is and cannot go on.
 *
 * @throws ImpastoError `run-busy` where a process works on it
 */
export async function deleteCheckpoint(folder: string): Promise<void> {
  await whileLocked(folder, () => rm(checkpointPath(folder), { force: true }))
}

/**
 * Writes down that the run's picture lies somewhere else now.
 *
 * @param first what has to be done before, while nobody else can work on the run; where it rejects, nothing is changed
 * @throws ImpastoError `run-busy`, `disk-full`, `output-unwritable`, `run-too-new`, `file-unreadable` where the run
 *   cannot be read: it then names the place that it named before
 */
export async function recordOutput(
  folder: string,
  path: string,
  first: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await whileLocked(folder, async () => {
    await refuseNewerJob(folder)
    await first()
    const job = (await readRun(folder))?.job
    if (job === undefined) {
      throw new ImpastoError('file-unreadable', {
        path: jobPath(folder),
        reason: 'it is not the job of a run',
      })
    }
    await recordJob({ ...job, output: { ...job.output, path } })
  })
}

async function whileLocked(folder: string, work: () => Promise<void>): Promise<void> {
  const lock = await lockRun(folder)
  try {
    await work()
  } finally {
    await lock.release()
  }
}
