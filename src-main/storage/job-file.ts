/**
 * @file job.json: the job of a run on the disk.
 *
 *   { version: 2, kind, … }   a job of one of the kinds of src-shared/model/job.ts
 *   { version: 1, … }         a painting, from before there were kinds; some lack the version too
 *
 * What a newer Impasto wrote, be it another version or a kind that this program does not know, is left as it is.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { ImpastoError } from '../../src-shared/errors/impasto-error'
import { jobSchema, type Job } from '../../src-shared/model/job'
import { readJsonFile, writeJsonFile } from './json-file'

/** Raised when a job.json can no longer be read by the programs before. */
const JOB_VERSION = 2

const recordedSchema = z.looseObject({
  version: z.int().min(1).default(1),
  kind: z.string().default('stylize'),
})

const kinds: ReadonlySet<string> = new Set(jobSchema.options.map(({ shape }) => shape.kind.value))

/** Why what a job.json holds is no job for this program. */
export type ForeignReason = 'newer' | 'unreadable'

export const jobPath = (folder: string): string => join(folder, 'job.json')

/** The job that the content of a job.json tells of, or why it tells of none. */
export function jobIn(content: unknown): Job | ForeignReason {
  const recorded = recordedSchema.safeParse(content).data
  if (recorded === undefined) return 'unreadable'
  const { version, ...job } = recorded
  if (version > JOB_VERSION || !kinds.has(job.kind)) return 'newer'
  return jobSchema.safeParse(job).data ?? 'unreadable'
}

/**
 * Writes a job into its folder, over whatever is there.
 *
 * @throws ImpastoError `disk-full`, `output-unwritable`
 */
export async function writeJob(job: Job): Promise<void> {
  await writeJsonFile(jobPath(job.folder), { version: JOB_VERSION, ...job })
}

/** @throws ImpastoError `run-too-new`, `file-unreadable`, `not-a-file` */
export async function refuseNewerJob(folder: string): Promise<void> {
  const path = jobPath(folder)
  if (jobIn(await readJsonFile(path, z.unknown())) === 'newer')
    throw new ImpastoError('run-too-new', { path })
}
