/**
 * @file How long the checkpoints of the window's paintings stay: that of a large one takes more than a gigabyte.
 *
 * Only ended runs of the window are tidied, and only their checkpoints: what a run was, and its picture, stay. Runs
 * that were cut off have no picture yet, and those of the terminal were promised to wait for `--resume`; neither is
 * ever touched.
 */
import { lstat } from 'node:fs/promises'
import { checkpointPath, deleteCheckpoint, type RunRecord } from './runs'

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
 *
 * @param runs of the library, the latest first
 * @returns the same as they stand then
 */
export async function tidyCheckpoints(
  runs: readonly RunRecord[],
  { days, now }: RetentionOptions,
): Promise<readonly RunRecord[]> {
  const ended = endedWithCheckpoint(runs)
  const finished = ended.filter(({ state }) => state === 'finished').slice(FINISHED_KEPT)
  const oldest = days === null ? -Infinity : now.getTime() - days * DAY
  const stopped = ended.filter(({ state, changed }) => state === 'stopped' && changed.getTime() < oldest)
  const deleted = await deleteCheckpoints([...finished, ...stopped])
  return runs.map((run) => (deleted.has(run) ? { ...run, hasCheckpoint: false } : run))
}

/** Deletes the checkpoints of all ended paintings of the window. */
export async function clearCheckpoints(runs: readonly RunRecord[]): Promise<void> {
  await deleteCheckpoints(endedWithCheckpoint(runs))
}

/** Bytes of the checkpoints that `clearCheckpoints` would delete. */
export async function checkpointBytes(runs: readonly RunRecord[]): Promise<number> {
  const sizes = await Promise.all(
    endedWithCheckpoint(runs).map(
      async ({ folder }) => (await lstat(checkpointPath(folder)).catch(() => null))?.size ?? 0,
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function endedWithCheckpoint(runs: readonly RunRecord[]): readonly RunRecord[] {
  return runs.filter(
    ({ job, state, hasCheckpoint }) =>
      job.maker === 'window' && hasCheckpoint && (state === 'finished' || state === 'stopped'),
  )
}

/** Returns those whose checkpoint is gone. */
async function deleteCheckpoints(runs: readonly RunRecord[]): Promise<ReadonlySet<RunRecord>> {
  const deleted = new Set<RunRecord>()
  for (const run of runs) {
    await deleteCheckpoint(run.folder).then(
      () => deleted.add(run),
      () => undefined,
    )
  }
  return deleted
}
