/**
 * @file How long the checkpoints of the window's paintings stay: that of a large one takes more than a gigabyte.
 *
 * Only ended runs of the window are tidied, and only their checkpoints: what a run was, and its picture, stay. Runs
 * that were cut off have no picture yet, and those of the terminal were promised to wait for `--resume`; neither is
 * ever touched.
 */
import { lstat } from 'node:fs/promises'
import type { Library } from './library'
import { checkpointPath, deleteCheckpoint, listRuns, type RunRecord } from './runs'

/** Finished paintings that can still be continued. */
const FINISHED_KEPT = 3

const DAY = 24 * 60 * 60 * 1000

export interface RetentionOptions {
  /** How long a stopped painting can be taken up again; null for ever. */
  readonly days: number | null
  readonly now: Date
}

/**
 * Deletes the checkpoints that have had their time: of finished paintings all but those of the latest three, of stopped
 * ones those older than `days`. A run that somebody works on, or that cannot be deleted, is left.
 */
export async function tidyCheckpoints(library: Library, { days, now }: RetentionOptions): Promise<void> {
  const ended = await endedWithCheckpoint(library)
  const finished = ended.filter(({ state }) => state === 'finished').slice(FINISHED_KEPT)
  const oldest = days === null ? -Infinity : now.getTime() - days * DAY
  const stopped = ended.filter(({ state, changed }) => state === 'stopped' && changed.getTime() < oldest)
  await deleteCheckpoints([...finished, ...stopped])
}

/** Deletes the checkpoints of all ended paintings of the window. */
export async function clearCheckpoints(library: Library): Promise<void> {
  await deleteCheckpoints(await endedWithCheckpoint(library))
}

/** Bytes of the checkpoints that `clearCheckpoints` would delete. */
export async function checkpointBytes(library: Library): Promise<number> {
  const runs = await endedWithCheckpoint(library)
  const sizes = await Promise.all(
    runs.map(async ({ folder }) => (await lstat(checkpointPath(folder)).catch(() => null))?.size ?? 0),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function endedWithCheckpoint(library: Library): Promise<readonly RunRecord[]> {
  const { runs } = await listRuns(library)
  return runs.filter(
    ({ job, state, hasCheckpoint }) =>
      job.maker === 'window' && hasCheckpoint && (state === 'finished' || state === 'stopped'),
  )
}

async function deleteCheckpoints(runs: readonly RunRecord[]): Promise<void> {
  for (const { folder } of runs) await deleteCheckpoint(folder).catch(() => undefined)
}
