/** @file Folders for tests, deleted when the test that asked for them ends. */
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'impasto-test-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
