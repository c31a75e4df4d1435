/** @file What a window may learn of a failure: its code and data, with file names instead of paths (see [Note: The window knows images by id]). */
import { basename } from 'node:path'
import type { ErrorReport } from '../../src-shared/errors/codes'
import { reportOf } from '../../src-shared/errors/impasto-error'

/** The report of whatever was thrown, fit for a window. */
export function windowReport(thrown: unknown): ErrorReport {
  return withoutFolders(reportOf(thrown))
}

/** The report with the folders left out of its data's `path`. */
export function withoutFolders(report: ErrorReport): ErrorReport {
  if (!('path' in report.data) || report.data.path === null) return report
  return { ...report, data: { ...report.data, path: basename(report.data.path) } } as ErrorReport
}
