/** @file Reads how many tests passed and failed from the JSON reports of vitest and Playwright. */
import { existsSync, readFileSync } from 'node:fs'

/**
 * @template Report
 * @param {string} path of the JSON report
 * @param {number | undefined} exitCode of the test runner
 * @param {(report: Report) => { passed: number, failed: number }} count
 * @returns {{ passed: number, failed: number }} at least one failure when the runner did not end well: it may have
 *   died before its report, or fail for an error outside all tests
 */
export function countReport(path, exitCode, count) {
  const counts = existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : { passed: 0, failed: 1 }
  return { ...counts, failed: Math.max(counts.failed, exitCode === 0 ? 0 : 1) }
}

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: readonly unknown[] }[]} testResults a file each
 */

/**
 * A file that fails outside its tests (an import that throws, say) holds no failed test and still counts as one.
 *
 * @param {VitestReport} report
 */
export function countVitest({ numPassedTests, numFailedTests, testResults }) {
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length }
}

/**
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number }} stats
 * @property {readonly unknown[]} errors outside any test
 */

/**
 * A flaky test is one that failed.
 *
 * @param {PlaywrightReport} report
 */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}
