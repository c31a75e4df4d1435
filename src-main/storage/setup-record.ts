/** @file What set-up noted of what it installed. */
import { join } from 'node:path'
import { z } from 'zod'
import { installedFilesSchema } from './altered-files'
import { readJsonFile } from './json-file'

/** Written by scripts/setup/record.mjs; a part is absent until set-up has done it, or where it cannot be read. */
const setupRecordSchema = z.object({
  /** The Node that runs the engine. */
  node: z.object({ path: z.string() }).optional().catch(undefined),
  tensorflow: installedFilesSchema
    .extend({ version: z.string(), origin: z.string() })
    .optional()
    .catch(undefined),
  binding: installedFilesSchema.extend({ builtWith: z.string() }).optional().catch(undefined),
  electron: installedFilesSchema
    .extend({ version: z.string(), origin: z.enum(['official', 'copy']), source: z.string() })
    .optional()
    .catch(undefined),
})
export type SetupRecord = Readonly<z.infer<typeof setupRecordSchema>>

/**
 * The record in a project's folder; an empty one before set-up.
 * @throws ImpastoError `file-unreadable`
 */
export async function readSetupRecord(root: string): Promise<SetupRecord> {
  return (await readJsonFile(join(root, '.cache', 'setup.json'), setupRecordSchema)) ?? {}
}
