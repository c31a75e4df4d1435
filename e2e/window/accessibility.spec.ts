/** @file Every state of the window against axe's rules, in both themes, and the keyboard's way through it. */
import { expect, test } from '@playwright/test'
import { ImpastoWindow } from './impasto-window'
import { expectNoViolations } from './themes'

let studio: ImpastoWindow

test.beforeAll(async () => {
  studio = await ImpastoWindow.open()
})
test.afterAll(() => studio.dispose())
test.describe.configure({ mode: 'serial' })

test('at the start', () => expectNoViolations(studio.page))

test('with everything opened and something refused', async () => {
  await studio.page.getByRole('button', { name: /^Expert/ }).click()
  await studio.setNumber('Strength', 140)
  await expectNoViolations(studio.page)
  await studio.page.getByRole('button', { name: /^Expert/ }).click()
})

test('in the dialogs', async () => {
  const { page } = studio
  await page.keyboard.press('Control+Shift+C')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoViolations(studio.page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /CPU|Measuring|Starting/ }).click()
  await expect(page.getByRole('dialog', { name: 'This computer' }).getByText('none')).toBeVisible()
  await expectNoViolations(studio.page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('while it paints, split', async () => {
  await studio.paintSmall({ size: 96, iterations: 2000 })
  await studio.reach(2)
  await studio.page.getByRole('radio', { name: 'Split' }).click()
  await studio.canvas.press('Space')
  await expect(studio.dock.getByText('Paused', { exact: true })).toBeVisible()
  await expectNoViolations(studio.page)
})

test('when it is done', async () => {
  await studio.dock.getByRole('button', { name: 'Stop' }).click()
  await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
  await expectNoViolations(studio.page)
})

test('F6 walks through the panels and back', async () => {
  const { page } = studio
  const focusedPanel = (): Promise<unknown> =>
    page.evaluate('document.activeElement.closest("[data-panel]")?.getAttribute("aria-label")')
  await page.getByRole('button', { name: 'Menu' }).focus()
  const walked: unknown[] = []
  for (const keys of ['F6', 'F6', 'F6', 'F6', 'F6', 'F6', 'Shift+F6']) {
    await page.keyboard.press(keys)
    walked.push(await focusedPanel())
  }
  expect(walked).toEqual(['Source', 'Canvas', 'Progress', 'Paintings made', 'Recipe', 'Source', 'Recipe'])
})

test('the menus name every action, with its state', async () => {
  const items = await studio.app.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu()
    return ['paint', 'stop', 'save-painting', 'show-split'].map((id) => {
      const item = menu?.getMenuItemById(id)
      return [item?.label, item?.enabled, item?.checked]
    })
  })
  expect(items).toEqual([
    ['Paint', true, false],
    ['Stop', false, false],
    ['Save painting as…', true, false],
    ['Split', true, true],
  ])
})
