import { describe, expect, it } from 'vitest'
import { errorReportSchema, errorSchemas, type ErrorCode, type ErrorReport } from './codes'
import { ImpastoError, errorOf, reportOf } from './impasto-error'
import { sentenceOf, type Audience } from './sentences'

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

  it.each(['window', 'terminal'] as const)('have two whole sentences each for the %s', (audience) => {
    for (const code of codes) {
      const { what, todo } = sentenceOf(exampleReport(code), audience)
      expect(what, code).toMatch(/^\S.*[.]$/)
      expect(todo, code).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('tell the window of no flag and no command, and the terminal of no menu', () => {
    const saidTo = (audience: Audience): string =>
      codes.map((code) => Object.values(sentenceOf(exampleReport(code), audience)).join(' ')).join('\n')
    expect(saidTo('terminal')).toMatch(/--force.*[^]*npx --no impasto doctor/)
    expect(saidTo('terminal')).not.toMatch(/\bmenu\b/)
    expect(saidTo('window')).not.toMatch(/--\w|\bnp[mx]\b|\bflags?\b|\bcommand\b/)
  })

  it('promise no resuming: whether a checkpoint is there is for others to see', () => {
    for (const code of codes.filter(
      (code) => code !== 'nothing-to-resume' && code !== 'checkpoint-foreign',
    )) {
      expect(sentenceOf(exampleReport(code), 'terminal').todo, code).not.toMatch(/resume/i)
    }
  })
})

const codes = Object.keys(errorSchemas) as ErrorCode[]

/** A report of `code` with data that fits every code. */
function exampleReport(code: ErrorCode): ErrorReport {
  const data = {
    path: '/a/b.png',
    kind: 'folder',
    use: 'move',
    seconds: 60,
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
    host: 'h',
    iteration: 1,
    cause: 'crash',
    detail: 'd',
    bytes: 3e9,
    maximum: 2e8,
    network: 'vgg-19',
    input: '16 × 16 × 3',
  }
  return errorReportSchema.parse({ code, data })
}
