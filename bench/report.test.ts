import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { benchmarkPage } from './report'

const committed = readFileSync(join(import.meta.dirname, '../docs/benchmarks.md'), 'utf8')

/** The page without what a run measured: where and when, and the rows of the tables. */
function words(page: string): readonly string[] {
  return page.split('\n').filter((line) => line !== '' && !/^Measured by|^\| (\d+ px|\S+--\S+) \|/.test(line))
}

it('is what docs/benchmarks.md says about its figures', () => {
  const nothing = { machine: '', versions: '', date: '', runs: 3, steps: [], timeToLoss: [] }
  expect(words(committed)).toEqual(words(benchmarkPage(nothing)))
})
