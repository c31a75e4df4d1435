import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countPlaywright, countReport, countVitest } from './count-tests.mjs'

describe('countVitest', () => {
  it('counts a file that fails outside its tests', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}, {}] },
      { status: 'passed', assertionResults: [{}] },
    ]
    expect(countVitest({ numPassedTests: 2, numFailedTests: 1, testResults })).toEqual({
      passed: 2,
      failed: 2,
    })
  })
})

describe('countPlaywright', () => {
  it('counts flaky tests and errors outside tests as failed', () => {
    const stats = { expected: 7, unexpected: 1, flaky: 1 }
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 7, failed: 3 })
  })
})

describe('countReport', () => {
  let folder: string
  let report: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'impasto-report-'))
    report = join(folder, 'report.json')
    writeFileSync(report, JSON.stringify({ passed: 3, failed: 0 }))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  const asIs = (counts: { passed: number; failed: number }) => counts

  it('believes a report only as far as the exit code does', () => {
    expect(countReport(report, 0, asIs)).toEqual({ passed: 3, failed: 0 })
    expect(countReport(report, 1, asIs)).toEqual({ passed: 3, failed: 1 })
    expect(countReport(report, undefined, asIs)).toEqual({ passed: 3, failed: 1 })
  })

  it('counts a runner that left no report as failed', () => {
    expect(countReport(join(folder, 'absent.json'), 0, asIs)).toEqual({ passed: 0, failed: 1 })
  })
})
