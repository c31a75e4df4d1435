/** @file How a failure is told in the terminal: one sentence of what happened and one of what to do. */
import type { ErrorReport } from '../../src-shared/errors/codes'
import { sentenceOf } from '../../src-shared/errors/sentences'
import { exitCodeOf } from './exit-codes'
import type { Terminal } from './terminal'

/** Tells the failure on standard error, with `json` also as an event on standard output. Returns the exit code. */
export function reportFailure(report: ErrorReport, terminal: Terminal, json: boolean): number {
  const { what, todo } = sentenceOf(report, 'terminal')
  const message = `${what} ${todo}`
  if (json) terminal.print(JSON.stringify({ event: 'failed', ...report, message }))
  terminal.tell(`impasto: ${message}`)
  return exitCodeOf(report)
}
