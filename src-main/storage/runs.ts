/**
 * @file The folder of a run: its job, how far it came, its checkpoint.
 *
 *   <library>/runs/<run id>/job.json                  the StylizeJob, written before the work begins
 *                           progress.json             state, iteration, total
 *                           checkpoint.safetensors    written by the painting task
 *                           process-<id>-<start>.lock while a process works on it (run-lock.ts)
 */
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { stylizeJobSchema, type StylizeJob } from '../../src-shared/model/stylize-job'
import { outputError } from './file-errors'
import { readJsonFile, writeJsonFile } from './json-file'
import type { Library } from './library'
import { lockRun, runHolder } from './run-lock'
import { sweepStagedFiles } from './write-atomically'

const progressSchema = z.object({
  state: z.enum(['running', 'stopped', 'finished']),
  /** Iterations done, of how many, over the whole run. */
  iteration: z.int().min(0),
  total: z.int().min(0),
})
export type RunProgress = Readonly<z.infer<typeof progressSchema>>

export interface Run {
  readonly id: string
  readonly folder: string
  readonly job: StylizeJob
  /** `interrupted`: it was running when its process ended. */
  readonly state: RunProgress['state'] | 'interrupted'
  readonly iteration: number
  readonly total: number
  readonly hasCheckpoint: boolean
  /** When its progress was last written. */
  readonly changed: Date
}

const jobPath = (folder: string): string => join(folder, 'job.json')
const progressPath = (folder: string): string => join(folder, 'progress.json')

export function runFolder(library: Library, runId: string): string {
  return join(library.runs, runId)
}

export function checkpointPath(folder: string): string {
  return join(folder, 'checkpoint.safetensors')
}

/**
 * Writes down in the job's folder, which is made, what is about to be painted.
 * Called by the process that holds the run's lock.
 *
 * @throws ImpastoError `disk-full`, `output-unwritable`
 */
export async function recordJob(job: StylizeJob): Promise<void> {
  try {
    await mkdir(job.folder, { recursive: true })
  } catch (error) {
    throw outputError(error, job.folder)
  }
  await sweepStagedFiles(job.folder)
  await writeJsonFile(jobPath(job.folder), job)
}

/** @throws ImpastoError `disk-full`, `output-unwritable` */
export async function recordProgress(folder: string, progress: RunProgress): Promise<void> {
  await writeJsonFile(progressPath(folder), progress)
}

/** The run in a folder, null where there is none that can be read. */
export async function readRun(folder: string): Promise<Run | null> {
  const job = await readJsonFile(jobPath(folder), stylizeJobSchema)
  const progress = await readJsonFile(progressPath(folder), progressSchema)
  const changed = (await stat(progressPath(folder)).catch(() => null))?.mtime
  if (job === null || progress === null || changed === undefined) return null
  const interrupted = progress.state === 'running' && (await runHolder(folder)) === null
  return {
    ...progress,
    id: job.runId,
    folder,
    job: { ...job, folder },
    state: interrupted ? 'interrupted' : progress.state,
    hasCheckpoint: (await stat(checkpointPath(folder)).catch(() => null)) !== null,
    changed,
  }
}

/** All runs of the library, the latest first. */
export async function listRuns(library: Library): Promise<readonly Run[]> {
  const names = await readdir(library.runs).catch(() => [])
  const runs = await Promise.all(names.map((name) => readRun(join(library.runs, name))))
  return runs
    .filter((run) => run !== null)
    .sort((one, other) => other.changed.getTime() - one.changed.getTime())
}

/** Runs whose process ended before they did and that can be taken up again, the latest first. */
export async function listResumableRuns(library: Library): Promise<readonly Run[]> {
  return (await listRuns(library)).filter((run) => run.state === 'interrupted' && run.hasCheckpoint)
}

/**
 * Deletes a run with its checkpoint; the picture that it saved elsewhere stays.
 *
 * @throws ImpastoError `run-busy` where a process works on it
 */
export async function deleteRun(folder: string): Promise<void> {
  const lock = await lockRun(folder)
  try {
    await rm(folder, { recursive: true, force: true })
  } finally {
    await lock.release()
  }
}

/**
 * Deletes the runs that came to their end, but for the latest `kept`, which can still be continued:
 * the checkpoint of a large painting takes more than a gigabyte.
 */
export async function deleteOldRuns(library: Library, kept: number): Promise<void> {
  const ended = (await listRuns(library)).filter(({ state }) => state === 'finished' || state === 'stopped')
  for (const run of ended.slice(kept)) await deleteRun(run.folder)
}
