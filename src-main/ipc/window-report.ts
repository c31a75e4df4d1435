/** @file What a window may learn of a failure: its code and data, with file names instead of paths (see [Note: The window knows images by id]). */
import type { ErrorReport } from '../../src-shared/errors/codes'
import { reportOf } from '../../src-shared/errors/impasto-error'
import { placeLabel } from './place-label'

/** The report of whatever was thrown, fit for a window. */
export function windowReport(thrown: unknown): ErrorReport {
  return withoutFolders(reportOf(thrown))
}

/**
 * The report with the folders left out of every text of its data, be it a path or a sentence that quotes one. A folder
 * that a person has to find is told in words for a person.
 */
export function withoutFolders(report: ErrorReport): ErrorReport {
  switch (report.code) {
    case 'output-folder-missing':
      return { ...report, data: { path: placeLabel(report.data.path) } }
    case 'runs-unreadable':
      return { ...report, data: { ...report.data, path: placeLabel(report.data.path) } }
    default:
      return { ...report, data: mapTexts(report.data, withoutFoldersIn) } as ErrorReport
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]))
}

/** A whole text that is a path may hold spaces; one within a sentence ends at the first, unless it is quoted. */
const WHOLE_PATH = /^(?:\/|[A-Za-z]:\\)(?:[^\n]*[\\/])?(?=[^\\/]+$)/
const QUOTED_PATH = /(['"`])(?:\/|[A-Za-z]:\\)(?:[^'"`\n]*[\\/])?(?=[^'"`\\/]+\1)/g
const BARE_PATH = /(?<![\w:/.])(?:\/[^\s/'"`]+)+\//g

function withoutFoldersIn(text: string): string {
  if (WHOLE_PATH.test(text)) return text.replace(WHOLE_PATH, '')
  return text.replace(QUOTED_PATH, '$1').replace(BARE_PATH, '')
}
