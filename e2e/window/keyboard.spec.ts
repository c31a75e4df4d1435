/** @file Every printed shortcut works from the first moment, says how to come back, and can be taken back. */
import { expect, test } from '@playwright/test'
import { ImpastoWindow } from './impasto-window'

let studio: ImpastoWindow

test.beforeAll(async () => {
  studio = await ImpastoWindow.open()
})
test.afterAll(() => studio.dispose())
test.describe.configure({ mode: 'serial' })

const strength = () => studio.page.getByRole('spinbutton', { name: 'Strength' })
const zoomFactor = () =>
  studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor())

test('before any click', async () => {
  const { page } = studio
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a change of the recipe is undone and done again, step by step', async () => {
  const { page } = studio
  await page.getByRole('slider', { name: 'Strength' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.waitForTimeout(600)
  await page.keyboard.press('Shift+ArrowRight')
  await expect(strength()).toHaveValue('82')
  await page.keyboard.press('Control+Z')
  await expect(strength()).toHaveValue('72')
  await page.keyboard.press('Control+Z')
  await expect(strength()).toHaveValue('70')
  await page.keyboard.press('Control+Z')
  await expect(strength()).toHaveValue('70')
  await page.keyboard.press('Control+Shift+Z')
  await page.keyboard.press('Control+Shift+Z')
  await expect(strength()).toHaveValue('82')
  await studio.chooseInMenu('undo')
  await expect(strength()).toHaveValue('72')
})

test('Ctrl + and − make the interface larger and smaller, and the next window remembers', async () => {
  const { page } = studio
  await page.keyboard.press('Control+=')
  await page.keyboard.press('Control++')
  await expect.poll(zoomFactor).toBeCloseTo(1.25)
  await page.keyboard.press('Control+-')
  await expect.poll(zoomFactor).toBeCloseTo(1.1)
  await page.waitForTimeout(300)
  await studio.app.close()
  studio = await ImpastoWindow.open({ folder: studio.folder })
  await expect.poll(zoomFactor).toBeCloseTo(1.1)
  await studio.page.keyboard.press('Control+0')
  await expect.poll(zoomFactor).toBeCloseTo(1)
})

test('Delete takes a tile off its shelf, and the focus stays on the shelf', async () => {
  const emptied = await ImpastoWindow.open()
  const { page } = emptied
  const source = page.getByRole('complementary', { name: 'Source' })
  for (const [shelf, adder] of [
    ['Paintings', 'Add a painting'],
    ['Photographs', 'Open a photograph'],
  ] as const) {
    const tiles = source.getByRole('group', { name: shelf, exact: true }).locator('[aria-pressed]')
    const names: string[] = []
    for (const tile of await tiles.all()) names.push((await tile.getAttribute('title')) ?? '')
    await tiles.first().focus()
    for (const next of names.slice(1)) {
      await page.keyboard.press('Delete')
      const isLast = shelf === 'Photographs' && next === names.at(-1)
      if (isLast) break
      await expect(source.getByRole('button', { name: next, exact: true })).toBeFocused()
    }
    if (shelf === 'Paintings') await page.keyboard.press('Delete')
    await expect(source.getByRole('button', { name: adder }).first()).toBeFocused()
  }
  await emptied.dispose()
})

test('after the large Paint button the keys are the picture’s at once', async () => {
  const { page } = studio
  await studio.setNumber('Long side', 96)
  await studio.setNumber('Iterations', 900)
  await page
    .getByRole('region', { name: 'Canvas' })
    .getByRole('button', { name: /^Paint/ })
    .click()
  await studio.reach(2)
  for (const [key, name] of [
    ['2', 'Split'],
    ['3', 'Photograph'],
    ['1', 'Painting'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('radio', { name, exact: true })).toBeChecked()
  }
  await page.keyboard.press('Space')
  await expect(studio.dock.getByText('Paused', { exact: true })).toBeVisible()
})

test('after Ctrl+Enter in a field the keys are the picture’s too', async () => {
  const other = await ImpastoWindow.open()
  await other.setNumber('Long side', 96)
  const iterations = other.page.getByRole('spinbutton', { name: 'Iterations', exact: true })
  await iterations.fill('900')
  await iterations.press('Control+Enter')
  await other.reach(2)
  await other.page.keyboard.press('2')
  await expect(other.page.getByRole('radio', { name: 'Split', exact: true })).toBeChecked()
  await expect(iterations).toHaveValue('900')
  await other.dispose()
})

test('keys of a control that was clicked do not keep the others from working', async () => {
  const { page } = studio
  await page.getByRole('radio', { name: 'Split', exact: true }).click()
  await page.keyboard.press('Space')
  await expect(studio.dock.getByText('Paused', { exact: true })).toBeHidden()
  await page.getByRole('slider', { name: 'Detail' }).click()
  await page.keyboard.press('1')
  await expect(page.getByRole('radio', { name: 'Painting', exact: true })).toBeChecked()
})

test('F shows only the picture and says how the rest comes back', async () => {
  const { page } = studio
  await page.keyboard.press('f')
  await expect(page.getByRole('complementary', { name: 'Source' })).toBeHidden()
  await expect(page.getByText('brings the studio back')).toBeVisible()
  await page.keyboard.press('f')
  await expect(page.getByRole('complementary', { name: 'Source' })).toBeVisible()
  await page.keyboard.press('f')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary', { name: 'Source' })).toBeVisible()
})

test('single keys can be switched off', async () => {
  const { page } = studio
  await page.keyboard.press('Control+,')
  await page.getByRole('switch', { name: 'Shortcuts of a single key' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('f')
  await page.waitForTimeout(200)
  await expect(page.getByRole('complementary', { name: 'Source' })).toBeVisible()
})

test('failure details can be selected and copied: Ctrl+C is the painting’s only where there is one', async () => {
  await studio.app.evaluate(({ clipboard }) => {
    clipboard.writeText('before')
  })
  await studio.page.evaluate(`{
    const heading = document.querySelector('h2')
    heading.style.userSelect = 'text'
    getSelection().selectAllChildren(heading)
  }`)
  const words = await studio.page.evaluate('getSelection().toString()')
  await studio.page.keyboard.press('Control+C')
  await expect.poll(() => studio.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(words)
})
