import fc from 'fast-check'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRecord, recordPath, writeRecord, type SetupRecord } from './record.mjs'
import { pendingSteps } from './run-setup.mjs'
import { steps } from './steps.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'impasto-record-'))
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

const files = { file: { size: 1, modified: 2, sha256: '3' } }
const record: SetupRecord = {
  node: { path: '/usr/bin/node', version: '20.19.0' },
  cache: '/cache',
  lockHash: 'lock',
  tensorflow: { version: '2.21.0', origin: 'wheel', folder: '/cache/tensorflow', sha256: '1', files },
  binding: { folder: '/binding', builtWith: 'g++', files },
  electron: { version: '33.2.1', origin: 'copy', folder: '/e', path: '/e/electron', source: 'x@1', files },
  buildHash: 'build',
}

/** Writes `text` where the record lies and reads that. */
function read(text: string): SetupRecord {
  writeFileSync(recordPath(root), text)
  return readRecord(root)
}

describe('the record of set-up', () => {
  it('is read as it was written', () => {
    writeRecord(root, record)
    expect(readRecord(root)).toEqual(record)
    expect(readdirSync(join(root, '.cache'))).toEqual(['setup.json'])
  })

  it.each(['null', '[]', '5', '"text"', '', '{"node":'])('is empty where %s stands there', (text) => {
    writeRecord(root, record)
    expect(read(text)).toEqual({})
  })

  it('loses the damaged parts alone', () => {
    writeRecord(root, record)
    const damaged = {
      ...record,
      tensorflow: { ...record.tensorflow, files: {} },
      electron: null,
      lockHash: 5,
      other: 1,
    }
    const { node, cache, binding, buildHash } = record
    expect(read(JSON.stringify(damaged))).toEqual({ node, cache, binding, buildHash })
  })

  it('leads to work left to do, never to an error, whatever stands there', () => {
    writeRecord(root, record)
    for (const name of ['package.json', 'package-lock.json'])
      writeFileSync(join(root, name), '{"devDependencies":{"electron":"33.2.1"}}')
    const junk = fc.oneof(fc.jsonValue(), fc.constant({}))
    const parts = Object.fromEntries(Object.keys(record).map((name) => [name, fc.option(junk)]))
    fc.assert(
      fc.property(fc.record(parts), (damaged) => {
        const found = read(JSON.stringify({ ...record, ...damaged }))
        for (const step of steps) {
          const pending = pendingSteps([step], { root, cache: join(root, 'cache'), record: found })
          if (step.name !== 'tools') expect(pending).toEqual([step])
        }
      }),
    )
  })
})
