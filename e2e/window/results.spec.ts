/** @file What was painted is never lost from sight: the strip of results, and the window opened again as it was left. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import sharp from 'sharp'
import { ImpastoWindow } from './impasto-window'
import { expectNoViolations } from './themes'

let studio: ImpastoWindow
/** A bin of the test's own, under the name that the system's specification gives it. */
const environment = () => ({ XDG_DATA_HOME: join(studio.folder, 'data') })

test.beforeAll(async () => {
  studio = await ImpastoWindow.open()
  await studio.app.close()
  studio = await ImpastoWindow.open({ folder: studio.folder, environment: environment() })
})
test.afterAll(() => studio.dispose())
test.describe.configure({ mode: 'serial' })

const strip = (): Locator => studio.page.getByRole('radiogroup', { name: 'Paintings made' })
const frames = (): Locator => strip().getByRole('radio')
const iterations = (): Locator => studio.page.getByRole('spinbutton', { name: 'Iterations', exact: true })
const pictures = (): readonly string[] =>
  readdirSync(join(studio.folder, 'library', 'pictures')).filter((name) => name.endsWith('.png'))

async function paintAndFinish(count: number): Promise<void> {
  await studio.paintSmall({ size: 64, iterations: count })
  await expect(studio.dock.getByText(`${count} iterations`, { exact: true })).toBeVisible()
}

test('a new painting is added in front, and none takes the place of another', async () => {
  await expect(strip()).toBeHidden()
  await paintAndFinish(3)
  await expect(frames()).toHaveCount(1)
  await studio.page.getByRole('button', { name: /^The Church at Auvers/ }).click()
  await paintAndFinish(4)
  await expect(frames()).toHaveCount(2)
  await expect(frames().first()).toHaveAccessibleName(/^coffee.png after The Church at Auvers, /)
  await expect(frames().first()).toBeChecked()
  await expect(frames().nth(1)).toHaveAccessibleName(/^coffee.png after The Night Café, /)
  // The thumbnails are decoration beside the names, so they have no role of their own.
  await expect(frames().locator('img')).toHaveCount(2)
  for (const index of [0, 1]) {
    await expect(frames().locator('img').nth(index)).not.toHaveJSProperty('naturalWidth', 0)
  }
  expect(pictures()).toHaveLength(2)
})

test('a click shows one, arrows go along, a double click compares with the photograph', async () => {
  await frames().nth(1).click()
  await expect(studio.dock.getByText('3 iterations', { exact: true })).toBeVisible()
  await expect(studio.canvas).toHaveAccessibleName('Painting, of coffee.png')
  await frames().nth(1).press('ArrowLeft')
  await expect(studio.dock.getByText('4 iterations', { exact: true })).toBeVisible()
  await frames().nth(1).dblclick()
  await expect(studio.page.getByRole('slider', { name: 'Before and after' })).toBeVisible()
  await studio.page.getByRole('radio', { name: 'Painting', exact: true }).click()
  await expectNoViolations(studio.page)
})

test('a painting of the library is saved, over a file that was there only where that is confirmed', async () => {
  const path = studio.at('kept.png')
  await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).toFile(path)
  // The dialog gives back a name without its ending, so nobody has asked about this file yet.
  await studio.answerSaveDialog(studio.at('kept'))
  const answer = (response: number) =>
    studio.app.evaluate(({ dialog }, chosen) => {
      dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
        ;(globalThis as unknown as { asked: string }).asked = options.message
        return Promise.resolve({ response: chosen, checkboxChecked: false })
      }) as typeof dialog.showMessageBox
    }, response)
  const question = () => studio.app.evaluate(() => (globalThis as unknown as { asked?: string }).asked ?? '')

  await answer(0)
  await studio.page.keyboard.press('Control+S')
  await expect.poll(question).toBe('kept.png exists already. Replace it?')
  expect((await sharp(path).metadata()).width).toBe(9)

  await answer(1)
  await studio.page.keyboard.press('Control+S')
  await expect(studio.page.getByText('Saved as kept.png.').first()).toBeVisible()
  expect((await sharp(path).metadata()).width).toBe(64)
})

test('the dialog itself asks before a file is replaced', async () => {
  await studio.app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = ((_window: unknown, options: Electron.SaveDialogOptions) => {
      ;(globalThis as unknown as { options: unknown }).options = options.properties
      return Promise.resolve({ canceled: true, filePath: '' })
    }) as typeof dialog.showSaveDialog
  })
  await studio.page.keyboard.press('Control+S')
  const properties = () => studio.app.evaluate(() => (globalThis as unknown as { options?: unknown }).options)
  await expect.poll(properties).toContain('showOverwriteConfirmation')
})

test('again with this recipe: its recipe and its pictures are at hand, and can be taken back', async () => {
  await expect(iterations()).toHaveValue('4')
  await studio.page.getByRole('button', { name: 'Again with this recipe' }).click()
  await expect(iterations()).toHaveValue('3')
  const source = studio.page.getByRole('complementary', { name: 'Source' })
  await expect(source.getByRole('button', { name: /^The Night Café/, pressed: true })).toBeVisible()
  await studio.page.getByRole('button', { name: 'Undo' }).click()
  await expect(iterations()).toHaveValue('4')
  await expect(source.getByRole('button', { name: /^The Church at Auvers/, pressed: true })).toBeVisible()

  // By the key too, and after something else: what was done last is taken back first.
  await studio.page.getByRole('button', { name: 'Again with this recipe' }).click()
  await studio.setNumber('Strength', 55)
  await studio.canvas.press('Control+Z')
  await expect(studio.page.getByRole('spinbutton', { name: 'Strength' })).toHaveValue('70')
  await expect(iterations()).toHaveValue('3')
  await studio.canvas.press('Control+Z')
  await expect(iterations()).toHaveValue('4')
  await expect(source.getByRole('button', { name: /^The Church at Auvers/, pressed: true })).toBeVisible()
})

test('a held Delete deletes one painting, and what is deleted while that can be taken back comes back with it', async () => {
  const { keyboard } = studio.page
  await studio.canvas.focus()
  for (let press = 0; press < 5; press++) await keyboard.down('Delete')
  await keyboard.up('Delete')
  await expect(frames()).toHaveCount(1)
  await keyboard.press('Delete')
  await expect(strip().getByRole('radio')).toHaveCount(0)
  await expect(studio.page.getByText('Deleted 2 paintings.').first()).toBeVisible()
  expect(pictures()).toHaveLength(2)
  await studio.page.getByRole('button', { name: 'Undo' }).click()
  await expect(frames()).toHaveCount(2)
  // What went last is looked at again.
  await expect(strip().getByRole('radio', { checked: true })).toHaveCount(1)
  expect(pictures()).toHaveLength(2)
})

test('a deleted painting comes back by undo, and otherwise goes into the bin of the system', async () => {
  await frames().nth(1).click()
  await expect(frames().nth(1)).toBeChecked()
  await studio.page.keyboard.press('Delete')
  await expect(frames()).toHaveCount(1)
  expect(pictures()).toHaveLength(2)
  await studio.page.getByRole('button', { name: 'Undo' }).click()
  await expect(frames()).toHaveCount(2)
  await expect(frames().nth(1)).toBeChecked()

  const [gone = ''] = pictures()
  await studio.page.getByRole('button', { name: 'Delete', exact: true }).click()
  await studio.page.getByRole('listitem').getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(pictures).toHaveLength(1)
  const bin = join(studio.folder, 'data', 'Trash', 'files')
  expect(readdirSync(bin).sort()).toEqual([gone, `${gone}.json`])
})

test('the window opens again as it was left: pictures, recipe, framing, results, the painting on the stage', async () => {
  const { page } = studio
  await studio.openPhotograph(await studio.ownPicture('photographs/rocket.jpg', 'launch.jpg', 240, 160))
  await page.keyboard.press('Control+Shift+C')
  const dialog = page.getByRole('dialog', { name: 'Crop and straighten' })
  await dialog.getByRole('button', { name: 'Turn right' }).click()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog).toBeHidden()
  await studio.answerOpenDialog(
    await studio.ownPicture('paintings/harvest-at-la-crau.webp', 'field.png', 200, 165),
  )
  await page.keyboard.press('Control+Shift+O')
  const source = () => studio.page.getByRole('complementary', { name: 'Source' })
  await expect(source().getByRole('button', { name: 'field.png', pressed: true })).toBeVisible()
  await studio.setNumber('Strength', 42)
  await frames().first().click()
  await expect(studio.dock.getByText('4 iterations', { exact: true })).toBeVisible()
  // The desk is written down once it has rested.
  await page.waitForTimeout(1000)
  await studio.app.close()

  studio = await ImpastoWindow.open({ folder: studio.folder, environment: environment() })
  await expect(source().getByText('launch.jpg')).toBeVisible()
  await expect(source().getByText('160 × 240')).toBeVisible()
  await expect(source().getByRole('button', { name: 'field.png', pressed: true })).toBeVisible()
  await expect(studio.page.getByRole('spinbutton', { name: 'Strength' })).toHaveValue('42')
  await expect(frames()).toHaveCount(1)
  await expect(frames().first()).toBeChecked()
  await expect(studio.dock.getByText('4 iterations', { exact: true })).toBeVisible()
  await expect(studio.canvas).toHaveAccessibleName('Painting, of coffee.png')
})

test('a stopped painting is offered to go on after the next start, and goes on', async () => {
  await studio.paintSmall({ size: 96, iterations: 300 })
  await studio.reach(4)
  await studio.dock.getByRole('button', { name: 'Stop' }).click()
  const resume = () => studio.dock.getByRole('button', { name: /^Resume from iteration \d+/ })
  await expect(resume()).toBeVisible()
  await studio.page.waitForTimeout(1000)
  await studio.app.close()

  studio = await ImpastoWindow.open({ folder: studio.folder, environment: environment() })
  await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
  const from = Number(/\d+/.exec((await resume().textContent()) ?? '')?.[0])
  await resume().click()
  await expect.poll(() => studio.iteration()).toBeGreaterThan(from)
  const first = (await studio.events()).flatMap((event) =>
    event.kind === 'task' && event.event.event === 'iteration' ? [event.event.iteration] : [],
  )[0]
  expect(first).toBe(from + 1)
  await studio.dock.getByRole('button', { name: 'Stop' }).click()
  await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
})

test('pictures that are gone are named, the rest is there, and a painting of them can still be looked at', async () => {
  const { page } = studio
  const path = await studio.ownPicture('photographs/chelsea.png', 'cat.png', 120, 80)
  await studio.openPhotograph(path)
  await expect(page.getByRole('complementary', { name: 'Source' }).getByText('cat.png')).toBeVisible()
  await paintAndFinish(2)
  await page.waitForTimeout(1000)
  await studio.app.close()
  rmSync(path)

  studio = await ImpastoWindow.open({ folder: studio.folder, environment: environment() })
  await expect(studio.page.getByRole('alert')).toContainText('cat.png was not added')
  await expect(studio.page.getByRole('alert')).not.toContainText(studio.folder)
  await expect(studio.canvas).toHaveAccessibleName('Painting, of cat.png')
  await expect(studio.page.getByRole('img', { name: 'Painting' }).first()).toBeVisible()
})
