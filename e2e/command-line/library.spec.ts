/** @file A library that takes no files, or no more of them, is told; what can be saved is saved. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { PaintingEvent } from '../../src-shared/contract/painting-events'
import { impasto, RunningCommand } from './impasto-command'
import { openStudio, pixelsOf, type Studio } from './studio'

const RECIPE = ['--size', '160', '--iterations', '3'] as const

let studio: Studio
test.beforeEach(async () => {
  studio = await openStudio({ width: 160, height: 96 })
})
test.afterEach(() => {
  studio.remove()
})

for (const [what, library] of [
  ['that the system does not let be made', '/proc/impasto'],
  ['in the place of a file', ''],
] as const) {
  test(`a library ${what} is refused before the work`, async () => {
    const folder = library === '' ? studio.photograph : library
    const environment = { IMPASTO_LIBRARY: folder }
    const { code, errors } = await impasto(studio.stylize('painted.png', ...RECIPE), { environment })
    expect(code).toBe(4)
    expect(errors).toContain(folder)
    expect(existsSync(studio.at('painted.png'))).toBe(false)
  })
}

// Only root may mount the small disks that these tests fill.
if (process.getuid?.() === 0) {
  test('a read-only library is refused before the work', async () => {
    await withDisk('ro', async () => {
      const { code, errors } = await impasto(studio.stylize('painted.png', ...RECIPE), studio)
      expect(code).toBe(4)
      expect(errors).toMatch(/library\/runs.* cannot be written: the disk is read-only/)
      expect(existsSync(studio.at('painted.png'))).toBe(false)
    })
  })

  test('a full library takes no checkpoint, and the picture is painted all the same', async () => {
    await withDisk('size=200k', async () => {
      const events: PaintingEvent[] = []
      const command = new RunningCommand(studio.stylize('painted.png', ...RECIPE, '--json'), {
        environment: studio.environment,
        onEvent: (event) => events.push(event),
      })
      const { code, errors } = await command.result
      expect(code, errors).toBe(0)
      const notices = events.flatMap((event) => (event.event === 'notice' ? [event.notice] : []))
      expect(notices).toEqual([{ code: 'unsaved', reason: 'disk-full' }])
      expect((await pixelsOf(studio.at('painted.png'))).width).toBe(160)
      expect(existsSync(studio.at('painted.png.json'))).toBe(true)
    })
  })

  test('a library that is full before the work is refused, and what is in it stays', async () => {
    await withDisk('size=64k', async () => {
      const letter = studio.at('library/letter')
      writeFileSync(letter, '')
      execFileSync('sh', ['-c', `cat /dev/zero > '${letter}' || true`], { stdio: 'ignore' })
      const { code, errors } = await impasto(studio.stylize('painted.png', ...RECIPE), studio)
      expect(code).toBe(4)
      expect(errors).toMatch(/no room left on the disk for .*library\/runs/)
      expect(existsSync(letter)).toBe(true)
    })
  })
}

/** Does `work` while the library lies on a disk of its own. */
async function withDisk(options: string, work: () => Promise<void>): Promise<void> {
  const library = studio.at('library')
  mkdirSync(library)
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', library])
  try {
    await work()
  } finally {
    execFileSync('umount', [library])
  }
}
