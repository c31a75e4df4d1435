import { describe, expect, it } from 'vitest'
import { errorReportSchema, errorSchemas, type ErrorCode } from './codes'
import { ImpastoError, errorOf, reportOf } from './impasto-error'
import { sentenceOf } from './sentences'

describe('errors', () => {
  it('survive the way through JSON', () => {
    const report = new ImpastoError('file-missing', { path: '/pictures/harbour.tif' }).report
    const arrived = errorReportSchema.parse(JSON.parse(JSON.stringify(report)))
    expect(errorOf(arrived).report).toEqual(report)
  })

  it('are refused where their data does not fit the code', () => {
    expect(errorReportSchema.safeParse({ code: 'file-missing', data: { folder: 1 } }).success).toBe(false)
    expect(errorReportSchema.safeParse({ code: 'no-such-code', data: {} }).success).toBe(false)
  })

  it('report everything else as unexpected', () => {
    expect(reportOf(new TypeError('x is undefined'))).toEqual({
      code: 'unexpected',
      data: { message: 'x is undefined' },
    })
  })

  it('have two whole sentences each', () => {
    const data = {
      path: '/a/b.png',
      reason: 'why',
      width: 1,
      height: 2,
      minimum: 3,
      maximumMegapixels: 4,
      format: 'f',
      image: 'i',
      photograph: 'p',
      formats: ['.png'],
      message: 'It failed.',
      issues: ['a'],
      version: 2,
      newest: 1,
      expected: 'e',
      actual: 'a',
      operation: 'o',
      needed: 1,
      free: 1,
      sizeThatFits: null,
      processId: 1,
      iteration: 1,
      cause: 'crash',
      detail: 'd',
    }
    for (const code of Object.keys(errorSchemas) as ErrorCode[]) {
      const { what, todo } = sentenceOf(errorReportSchema.parse({ code, data }))
      expect(what, code).toMatch(/^\S.*[.]$/)
      expect(todo, code).toMatch(/^[A-Z].*\.$/)
    }
  })
})
