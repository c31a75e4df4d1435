/**
 * @file The window at every size, with pictures of every shape, in every state: nothing overlaps, nothing leaves the
 * window, no words are cut. At 200 % a window has half as many CSS pixels each way.
 */
import { expect, test } from '@playwright/test'
import { ImpastoWindow } from './impasto-window'
import { layoutFaults } from './layout'
import { keepPicture } from './themes'

const sizes = [
  { width: 1024, height: 680, zoom: 1 },
  { width: 1440, height: 900, zoom: 1 },
  { width: 1920, height: 1080, zoom: 1 },
  { width: 2560, height: 1440, zoom: 1 },
  { width: 1440, height: 900, zoom: 2 },
  { width: 1024, height: 680, zoom: 2 },
] as const

/** The long side gives the strip and the panorama a short side that can be painted, at little cost. */
const pictures = [
  { name: 'coffee.png', sample: 'photographs/coffee.png', width: 600, height: 400, longSide: 96 },
  { name: 'strip.png', sample: 'photographs/rocket.jpg', width: 70, height: 900, longSide: 896 },
  { name: 'panorama.png', sample: 'photographs/rocket.jpg', width: 1200, height: 300, longSide: 288 },
] as const

async function zoomTo(studio: ImpastoWindow, factor: number): Promise<void> {
  await studio.app.evaluate(({ BrowserWindow }, zoom) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom)
  }, factor)
  await expect.poll(() => studio.page.evaluate('devicePixelRatio')).toBe(factor)
}

/** Walks through all sizes and gathers what is wrong at each. */
async function walk(studio: ImpastoWindow, state: string): Promise<readonly string[]> {
  const faults: string[] = []
  for (const { width, height, zoom } of sizes) {
    await zoomTo(studio, zoom)
    await studio.resize(width, height)
    // The recipe slides out while the focus is in it.
    await studio.page.getByRole('button', { name: 'Menu' }).focus()
    await studio.page.waitForTimeout(300)
    const place = `${state}-${width}-${zoom * 100}`
    await keepPicture(studio, place)
    faults.push(...(await layoutFaults(studio.page.locator('body'))).map((fault) => `${place}: ${fault}`))
  }
  return faults
}

for (const { name, sample, width, height, longSide } of pictures) {
  test(`${name}, ${width} × ${height}`, async () => {
    const studio = await ImpastoWindow.open()
    const { page } = studio
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    const path = await studio.ownPicture(sample, name, width, height)
    await studio.openPhotograph(path)
    await expect(page.getByText(`${width} × ${height}`, { exact: true })).toBeVisible()
    const faults = [...(await walk(studio, `${name}-start`))]

    await zoomTo(studio, 1)
    await studio.resize(1440, 900)
    await studio.paintSmall({ size: longSide, iterations: 5000 })
    await studio.reach(2)
    await page.getByRole('radio', { name: 'Split' }).click()
    faults.push(...(await walk(studio, `${name}-painting`)))
    await zoomTo(studio, 1)
    await studio.dock.getByRole('button', { name: 'Stop' }).click()
    await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
    faults.push(...(await walk(studio, `${name}-stopped`)))

    await zoomTo(studio, 1)
    await studio.paintSmall({ size: longSide, iterations: 2 })
    await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
    faults.push(...(await walk(studio, `${name}-done`)))
    expect(faults).toEqual([])
    await studio.dispose()
  })
}

test('names can be read beside a narrow picture while a painting that was cut off is offered', async () => {
  const first = await ImpastoWindow.open()
  await first.openPhotograph(await first.ownPicture('photographs/rocket.jpg', 'evening-walk.png', 200, 300))
  await expect(first.page.getByText('200 × 300', { exact: true })).toBeVisible()
  await first.paintSmall({ size: 96, iterations: 400 })
  await first.reach(2)
  await first.canvas.press('Space')
  await expect(first.dock.getByText('Paused', { exact: true })).toBeVisible()
  await first.kill()

  const studio = await ImpastoWindow.open({ folder: first.folder })
  await studio.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expect(studio.dock.getByRole('heading', { name: 'A painting was cut off' })).toBeVisible()
  await studio.openPhotograph(studio.at('evening-walk.png'))
  await expect(studio.page.getByText('200 × 300', { exact: true })).toBeVisible()
  expect(await walk(studio, 'cut-off')).toEqual([])
  await studio.dispose()
})

test('in a narrow window the recipe slides over the stage, by its button and by F6', async () => {
  const studio = await ImpastoWindow.open()
  const { page } = studio
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const recipe = page.getByRole('complementary', { name: 'Recipe' })
  const button = page.getByRole('button', { name: 'Recipe', exact: true })
  await expect(button).toBeHidden()
  await zoomTo(studio, 2)
  await studio.resize(1024, 680)
  await expect(recipe).not.toBeInViewport()
  await button.click()
  await expect(recipe).toBeInViewport({ ratio: 1 })
  await keepPicture(studio, 'recipe-slid-out')
  expect(await layoutFaults(recipe)).toEqual([])
  await button.click()
  await expect(recipe).not.toBeInViewport()

  await page.getByRole('button', { name: 'Menu' }).focus()
  await page.keyboard.press('Shift+F6')
  await expect(recipe).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Escape')
  await expect(recipe).not.toBeInViewport()
  await studio.dispose()
})
