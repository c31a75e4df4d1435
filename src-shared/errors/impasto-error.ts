/** @file The one error class that the program throws on purpose. Anything else that is thrown is a bug. */
import type { ErrorCode, ErrorData, ErrorReport } from './codes'

export class ImpastoError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'ImpastoError'

  constructor(
    readonly code: C,
    readonly data: ErrorData<C>,
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(data)}`, options)
  }

  get report(): ErrorReport {
    return { code: this.code, data: this.data } as ErrorReport
  }
}

/** The report of whatever was thrown: an ImpastoError's own, and `unexpected` for everything else. */
export function reportOf(thrown: unknown): ErrorReport {
  if (thrown instanceof ImpastoError) return thrown.report
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { code: 'unexpected', data: { message } }
}

/** The error of a report that came from another process. */
export function errorOf(report: ErrorReport): ImpastoError {
  return new ImpastoError(report.code, report.data)
}
