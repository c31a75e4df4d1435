/** @file What the engines of a real window hold: no more than they need. */
import { expect, test } from '@playwright/test'
import { ImpastoWindow } from './impasto-window'
import { hasLoaded, openFiles } from './processes'

test('the engine for pictures loads no TensorFlow, and neither engine holds files of the window', async () => {
  const studio = await ImpastoWindow.open()
  await expect.poll(() => hasLoaded(studio.paintingEngine(), 'libtensorflow_cc')).toBe(true)
  await studio.openPhotograph(await studio.ownPicture('photographs/coffee.png', 'harbour.png', 300, 200))
  await expect(studio.page.getByText('harbour.png').first()).toBeVisible()

  const engines = studio.engines()
  expect(engines).toHaveLength(2)
  expect(engines.map((engine) => hasLoaded(engine, 'libtensorflow'))).toEqual([true, false])
  expect(engines.map((engine) => hasLoaded(engine, 'libvips'))).toEqual([false, true])
  const files = new Set(
    studio
      .processIds()
      .filter((id) => !engines.includes(id))
      .flatMap(openFiles),
  )
  expect(files.size).toBeGreaterThan(0)
  for (const engine of engines) {
    expect(openFiles(engine).filter((file) => files.has(file))).toEqual([])
  }
  await studio.dispose()
})
