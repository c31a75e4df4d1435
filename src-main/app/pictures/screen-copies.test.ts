import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EngineKeeper } from '../../jobs/engine-keeper'
import { libraryAt } from '../../storage/library'
import { temporaryFolder } from '../../storage/testing/temporary-folder'
import { ImageStore } from './image-store'
import { ScreenCopies } from './screen-copies'

const DAY = 24 * 60 * 60 * 1000

it('the copies for the screen go when nobody has looked for them in a week, and nothing that is no copy', async () => {
  const library = libraryAt(await temporaryFolder())
  await mkdir(library.screen)
  const now = new Date()
  const put = async (name: string, days: number): Promise<void> => {
    const used = new Date(now.getTime() - days * DAY)
    await writeFile(join(library.screen, name), 'picture')
    await utimes(join(library.screen, name), used, used)
  }
  const copy = 'c'.repeat(31)
  await put(`${copy}1.jpg`, 6)
  await put(`${copy}2.jpg`, 8)
  await put(`${copy}3.png`, 8)
  const others = ['20261128-131551.png', '20261128-131551.png.json', `${copy}4.png.json`, 'my painting.jpg']
  for (const name of others) await put(name, 400)
  // No engine starts before a copy is asked for.
  const engines = new EngineKeeper({ entry: 'none', node: process.execPath })
  await new ScreenCopies(library, new ImageStore(), engines).sweep(now)
  expect((await readdir(library.screen)).sort()).toEqual([`${copy}1.jpg`, ...others].sort())
})
