/** @file The main job in the window: choose, paint, watch, compare, stop, save, continue. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { ImpastoWindow } from './impasto-window'
import { connectionsBeyondThisMachine } from './processes'

let studio: ImpastoWindow

test.beforeAll(async () => {
  studio = await ImpastoWindow.open()
})
test.afterAll(() => studio.dispose())
test.describe.configure({ mode: 'serial' })

test('the samples are ready to paint', async () => {
  const { page } = studio
  await expect(page.getByRole('heading', { name: 'Paint a photograph' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Paint', exact: true })).toBeEnabled()
  const canvas = page.getByRole('region', { name: 'Canvas' })
  await expect(canvas.getByRole('img', { name: 'The photograph' })).toHaveJSProperty('naturalWidth', 600)
  await expect(canvas.getByRole('img', { name: 'The painting' })).toHaveJSProperty('naturalWidth', 634)
})

test('own pictures are chosen by dialog', async () => {
  const { page } = studio
  await studio.openPhotograph(await studio.ownPicture('photographs/rocket.jpg', 'launch.jpg', 240, 160))
  const source = page.getByRole('complementary', { name: 'Source' })
  await expect(source.getByText('launch.jpg')).toBeVisible()
  await expect(source.getByText('240 × 160')).toBeVisible()

  await studio.answerOpenDialog(
    await studio.ownPicture('paintings/harvest-at-la-crau.webp', 'field.png', 200, 165),
  )
  await page.keyboard.press('Control+Shift+O')
  await expect(source.getByRole('button', { name: 'field.png', pressed: true })).toBeVisible()
})

test('the photograph is cropped and turned', async () => {
  const { page } = studio
  await page.keyboard.press('Control+Shift+C')
  const dialog = page.getByRole('dialog', { name: 'Crop and straighten' })
  await dialog.getByRole('button', { name: 'Turn right' }).click()
  await expect(dialog.getByText('160 × 240 px')).toBeVisible()
  await dialog.getByRole('radio', { name: '1 : 1' }).click()
  await expect(dialog.getByText('160 × 160 px')).toBeVisible()
  await dialog.getByRole('button', { name: 'Reset' }).click()
  await dialog.getByRole('radio', { name: 'Free' }).click()
  const corner = dialog.getByRole('button', { name: 'Bottom right corner' })
  await corner.press('Shift+ArrowLeft')
  await expect(dialog.getByText('216 × 160 px')).toBeVisible()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('216 × 160', { exact: true })).toBeVisible()
})

test('painting shows previews that differ from the photograph, and the losses fall', async () => {
  const { page } = studio
  await studio.paintSmall({ size: 108, iterations: 400 })
  const painting = studio.canvas.getByRole('img', { name: /^Painting, iteration/ })
  await expect(painting).toBeVisible()
  await studio.reach(12)
  await expect(studio.dock.getByText(/^Iteration \d+ of 400/)).toBeVisible()

  const losses = (await studio.events()).flatMap((event) =>
    event.kind === 'task' && event.event.event === 'iteration' ? [event.event.styleLoss] : [],
  )
  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2)

  await page.getByRole('radio', { name: 'Photograph' }).click()
  const photograph = await studio.canvas.getByRole('img', { name: /^The photograph/ }).screenshot()
  await page.getByRole('radio', { name: 'Painting', exact: true }).click()
  await expect(painting).toBeVisible()
  await page.waitForTimeout(400)
  expect(await meanDifference(photograph, await painting.screenshot())).toBeGreaterThan(5)
})

test('before and after are compared by keyboard', async () => {
  const { page } = studio
  await page.getByRole('radio', { name: 'Split' }).click()
  const split = page.getByRole('slider', { name: 'Before and after' })
  await expect(split).toHaveAttribute('aria-valuenow', '50')
  await split.press('ArrowLeft')
  await split.press('Shift+ArrowLeft')
  await expect(split).toHaveAttribute('aria-valuenow', '39')

  await page.getByRole('radio', { name: 'Painting', exact: true }).click()
  await studio.canvas.focus()
  const photograph = studio.canvas.getByRole('img', { name: /^The photograph/ })
  await expect(photograph).toBeHidden()
  await page.keyboard.down('\\')
  await expect(photograph).toBeVisible()
  await page.keyboard.up('\\')
  await expect(photograph).toBeHidden()
})

test('the canvas is zoomed by keyboard', async () => {
  const { page } = studio
  await studio.canvas.press('Shift+0')
  await expect(page.getByRole('button', { name: 'Zoom 100 %' })).toBeVisible()
  await studio.canvas.press('+')
  await expect(page.getByRole('button', { name: 'Zoom 125 %' })).toBeVisible()
  // A small painting is not enlarged unasked.
  await studio.canvas.press('0')
  await expect(page.getByRole('button', { name: 'Zoom 100 %' })).toBeVisible()
})

test('pausing waits, safely, until it is resumed', async () => {
  await studio.canvas.press('Space')
  await expect(studio.dock.getByText('Paused', { exact: true })).toBeVisible()
  const paused = await studio.iteration()
  await studio.page.waitForTimeout(1000)
  expect(await studio.iteration()).toBe(paused)
  const checkpoints = (await studio.events()).flatMap((event) =>
    event.kind === 'task' && event.event.event === 'checkpoint' ? [event.event.iteration] : [],
  )
  expect(checkpoints.at(-1)).toBe(paused)
  await studio.dock.getByRole('button', { name: 'Resume' }).click()
  await studio.reach(paused + 2)
})

test('stopping keeps the picture, also by a double click, and it is saved', async () => {
  const engine = studio.paintingEngine()
  // The engine is in the middle of a step that takes longer than a double click.
  process.kill(engine, 'SIGSTOP')
  await studio.dock.getByRole('button', { name: 'Stop', exact: true }).dblclick({ delay: 60 })
  await expect(studio.dock.getByRole('button', { name: 'Stopping' })).toBeDisabled()
  process.kill(engine, 'SIGCONT')
  await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
  const path = studio.at('painted.jpg')
  await studio.answerSaveDialog(path)
  await studio.page.keyboard.press('Control+S')
  await expect(studio.page.getByText('Saved as painted.jpg.').first()).toBeVisible()
  const { width, height, format } = await sharp(path).metadata()
  expect({ width, height, format }).toEqual({ width: 108, height: 80, format: 'jpeg' })
  expect(existsSync(`${path}.json`)).toBe(true)
})

test('a copy lies in the clipboard', async () => {
  await studio.dock.getByRole('button', { name: 'Copy' }).click()
  await expect(studio.page.getByText('Copied the painting.').first()).toBeVisible()
  const size = await studio.app.evaluate(({ clipboard }) => clipboard.readImage().getSize())
  expect(size).toEqual({ width: 108, height: 80 })
})

test('a saved painting that is opened brings its recipe back', async () => {
  const { page } = studio
  await studio.setNumber('Iterations', 30)
  await studio.openPhotograph(studio.at('painted.jpg'))
  await expect(page.getByText('Took the recipe of painted.jpg.').first()).toBeVisible()
  await expect(page.getByRole('spinbutton', { name: 'Iterations', exact: true })).toHaveValue('400')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('spinbutton', { name: 'Iterations', exact: true })).toHaveValue('30')
})

test('a finished painting is continued with more iterations', async () => {
  const { page } = studio
  await studio.paintSmall({ size: 96, iterations: 5 })
  await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
  await studio.setNumber('Iterations more', 4)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(studio.dock.getByText('9 iterations', { exact: true })).toBeVisible()
  await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
})

test('a picture is pasted', async () => {
  const path = await studio.ownPicture('photographs/chelsea.png', 'cat.png', 120, 80)
  await studio.app.evaluate(({ clipboard, nativeImage }, picture) => {
    clipboard.writeImage(nativeImage.createFromPath(picture))
  }, path)
  await studio.canvas.focus()
  await studio.page.keyboard.press('Control+V')
  const source = studio.page.getByRole('complementary', { name: 'Source' })
  await expect(source.getByText('pasted.png')).toBeVisible()
  await expect(source.getByText('120 × 80')).toBeVisible()
})

test('a file is dropped', async () => {
  const path = await studio.ownPicture('photographs/rocket.jpg', 'launch.png', 96, 64)
  const session = await studio.page.context().newCDPSession(studio.page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  }
  const source = studio.page.getByRole('complementary', { name: 'Source' })
  await expect(source.getByText('launch.png')).toBeVisible()
  await expect(source.getByText('96 × 64')).toBeVisible()
})

test('a picture that is dragged out of a web page is dropped', async () => {
  const path = await studio.ownPicture('photographs/astronaut.png', 'portrait.png', 90, 90)
  const bytes = readFileSync(path).toString('base64')
  await studio.page.evaluate(`
    const bytes = Uint8Array.from(atob(${JSON.stringify(bytes)}), (letter) => letter.charCodeAt(0))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([bytes], 'portrait.png', { type: 'image/png' }))
    window.dispatchEvent(new DragEvent('dragenter', { dataTransfer }))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
  `)
  const source = studio.page.getByRole('complementary', { name: 'Source' })
  await expect(source.getByText('portrait.png')).toBeVisible()
  await expect(source.getByText('90 × 90')).toBeVisible()
})

test('nothing of all this has left the computer', async () => {
  const reply = await studio.page.evaluate('window.impasto.diagnosis({})')
  expect(reply).toMatchObject({ ok: true, value: { refusedRequests: [] } })
  const connections = studio.processIds().flatMap((id) => connectionsBeyondThisMachine(id))
  expect(connections).toEqual([])
})

/** The mean difference of two screenshots' channel values, 0 to 255. */
async function meanDifference(one: Buffer, other: Buffer): Promise<number> {
  const first = await sharp(one).raw().toBuffer()
  const second = await sharp(other).raw().toBuffer()
  expect(second).toHaveLength(first.length)
  const differences = Array.from(first, (value, index) => Math.abs(value - (second[index] ?? 0)))
  return differences.reduce((sum, difference) => sum + difference, 0) / differences.length
}
