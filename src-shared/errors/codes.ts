/**
 * @file Every failure that a person may meet, as a code with the data its sentence needs.
 *
 * [Note: Errors are codes] An error crosses processes as plain data, so it carries no prose: the sentences stand
 * in one table (sentences.ts) and are made where a person reads them, in the window or in the terminal.
 */
import { z } from 'zod'

const path = z.string()
const bytes = z.number().nonnegative()

/** For each code, the schema of its data. */
export const errorSchemas = {
  'file-missing': z.object({ path }),
  'file-unreadable': z.object({ path, reason: z.string() }),
  'not-a-file': z.object({ path, kind: z.enum(['folder', 'pipe', 'socket', 'device']) }),
  'file-empty': z.object({ path }),
  'not-an-image': z.object({ path }),
  'image-truncated': z.object({ path }),
  'image-too-slow': z.object({ path, seconds: z.number() }),
  'image-too-large': z.object({ path, width: z.number(), height: z.number(), maximumMegapixels: z.number() }),
  'image-too-small': z.object({ path, width: z.number(), height: z.number(), minimum: z.number() }),
  /** The size is that of its painting. */
  'photograph-too-narrow': z.object({ path, width: z.number(), height: z.number(), minimum: z.number() }),
  'image-format-unsupported': z.object({ path, format: z.string() }),
  'clipboard-empty': z.object({}),
  'drop-too-large': z.object({ bytes, maximum: bytes }),
  'sizes-differ': z.object({ image: z.string(), photograph: z.string() }),
  'output-exists': z.object({ path }),
  /** The run's own picture, which somebody has changed since it was saved. */
  'picture-changed': z.object({ path }),
  'output-folder-missing': z.object({ path }),
  'output-is-input': z.object({ path }),
  'output-format-unsupported': z.object({ path, formats: z.array(z.string()) }),
  /** A folder of the library, whose content the program tidies itself. */
  'folder-of-library': z.object({ path }),
  'output-unwritable': z.object({ path, reason: z.string() }),
  'disk-full': z.object({ path }),
  'bin-unavailable': z.object({ path, reason: z.string() }),
  usage: z.object({ message: z.string() }),
  'recipe-invalid': z.object({ path: z.string().nullable(), issues: z.array(z.string()) }),
  'recipe-too-new': z.object({ path, version: z.number(), newest: z.number() }),
  'weights-missing': z.object({ path }),
  'weights-altered': z.object({ path, expected: z.string(), actual: z.string() }),
  'tensor-file-invalid': z.object({ path: z.string().nullable(), reason: z.string() }),
  'gradient-undefined': z.object({ operation: z.string() }),
  'network-input-unfit': z.object({ network: z.string(), input: z.string() }),
  'graph-invalid': z.object({ operation: z.string(), reason: z.string() }),
  'session-failed': z.object({ reason: z.string() }),
  'memory-too-small': z.object({ needed: bytes, free: bytes, sizeThatFits: z.number().nullable() }),
  'measuring-too-large': z.object({ needed: bytes, free: bytes }),
  'run-busy': z.object({ processId: z.number() }),
  /** By this program itself: begun and painted, or moved to another folder. */
  'run-in-use': z.object({ use: z.enum(['painting', 'move']) }),
  /** `path`: the lock that the process on `host` made. */
  'run-busy-elsewhere': z.object({ host: z.string(), path }),
  'nothing-to-resume': z.object({ path }),
  /** The folder that holds the runs: which there are is not known. */
  'runs-unreadable': z.object({ path, reason: z.string() }),
  'run-too-new': z.object({ path }),
  'checkpoint-foreign': z.object({ path, reason: z.string() }),
  'optimisation-diverged': z.object({ iteration: z.number() }),
  'engine-unavailable': z.object({ reason: z.string() }),
  'engine-died': z.object({
    cause: z.enum(['memory', 'crash', 'signal']),
    detail: z.string(),
    sizeThatFits: z.number().nullable(),
  }),
  /** `iteration`: up to where it is saved; null where nothing is. */
  'run-killed': z.object({ iteration: z.number().nullable() }),
  unexpected: z.object({ message: z.string() }),
} as const

export type ErrorCode = keyof typeof errorSchemas
export type ErrorData<C extends ErrorCode> = z.infer<(typeof errorSchemas)[C]>

/** A failure as plain data, fit to cross a process boundary. */
export type ErrorReport = {
  readonly [C in ErrorCode]: { readonly code: C; readonly data: ErrorData<C> }
}[ErrorCode]

const codes = Object.keys(errorSchemas) as [ErrorCode, ...ErrorCode[]]

/** Parses a report that came from another process: the code first, then the data that belongs to it. */
export const errorReportSchema: z.ZodType<ErrorReport> = z
  .object({ code: z.enum(codes), data: z.unknown() })
  .transform(({ code, data }, context) => {
    const parsed = errorSchemas[code].safeParse(data)
    if (parsed.success) return { code, data: parsed.data } as ErrorReport
    context.addIssue({ code: 'custom', message: `data of ${code}: ${parsed.error.message}` })
    return z.NEVER
  })
