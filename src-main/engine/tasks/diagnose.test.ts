import { mkdir, stat, writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diagnosisSchema } from '../../../src-shared/model/diagnosis'
import { libraryAt, prepareLibrary } from '../../storage/library'
import { recordJob, recordProgress, runFolder } from '../../storage/runs'
import { exampleJob } from '../../storage/testing/examples'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { diagnose } from './diagnose'

describe('diagnose', () => {
  it('tells of the machine, of what really computed, and of the weights', async () => {
    const diagnosis = diagnosisSchema.parse(await diagnose({ library: await temporaryFolder() }))
    expect(diagnosis.node).toEqual({ version: process.versions.node, path: process.execPath })
    expect(diagnosis.tensorflow?.version).toMatch(/^2\.\d+/)
    for (const part of ['tensorflow', 'binding', 'electron'] as const)
      expect(diagnosis[part]?.altered).toEqual([])
    expect(diagnosis.device.seconds).toBeGreaterThan(0)
    expect(diagnosis.weights.intact).toBe(true)
    expect(diagnosis.weights.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(diagnosis.system.memory).toBe(totalmem())
    // TensorFlow's own packages need AVX, so a machine that came this far has it.
    expect(diagnosis.system.features).toContain('avx')
  })

  it('counts the runs and the bytes of the library', async () => {
    const library = libraryAt(await temporaryFolder())
    await prepareLibrary(library)
    const folder = runFolder(library, 'run-1')
    await recordJob(exampleJob('run-1', folder))
    await recordProgress(folder, { state: 'finished', iteration: 1, total: 1 })
    await mkdir(join(library.runs, 'no-run'))
    // Counting the runs may keep their index.
    const indexBytes = async () => (await stat(library.runIndex).catch(() => null))?.size ?? 0
    const before = await diagnose({ library: library.folder })
    const indexBefore = await indexBytes()
    await writeFile(join(library.pictures, 'painted.png'), new Uint8Array(5000))
    const after = await diagnose({ library: library.folder })
    expect(after.library).toEqual({
      path: library.folder,
      runs: 1,
      bytes: before.library.bytes + 5000 + (await indexBytes()) - indexBefore,
    })
  })
})
