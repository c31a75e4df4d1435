/** @file While something is painted: whatever else is chosen or changed, there is a way back and a way on. */
import { expect, test } from '@playwright/test'
import { ImpastoWindow } from './impasto-window'
import { childrenOf } from './processes'

let studio: ImpastoWindow

test.beforeAll(async () => {
  studio = await ImpastoWindow.open()
})
test.afterAll(() => studio.dispose())
test.describe.configure({ mode: 'serial' })

const back = () => studio.dock.getByRole('button', { name: 'Back to the painting' })
const frames = () => studio.page.getByRole('radiogroup', { name: 'Paintings made' }).getByRole('radio')
const foot = () => studio.page.getByRole('complementary', { name: 'Recipe' }).getByRole('contentinfo')
const startAgain = () =>
  studio.page
    .getByRole('complementary', { name: 'Recipe' })
    .getByRole('button', { name: 'Start again with this' })
const begun = async (): Promise<number> =>
  (await studio.events()).filter(({ kind }) => kind === 'started').length

test('Paint pressed twice begins one painting', async () => {
  await studio.setNumber('Long side', 96)
  await studio.setNumber('Iterations', 900)
  await studio.page.keyboard.press('Control+Enter')
  await studio.page.keyboard.press('Control+Enter')
  await studio.reach(3)
  expect(await begun()).toBe(1)
  await expect(studio.page.getByText('That did not work')).toBeHidden()
})

test('another photograph and another painting are chosen, and one click leads back', async () => {
  const source = studio.page.getByRole('complementary', { name: 'Source' })
  await expect(back()).toBeHidden()
  for (const name of [/^astronaut.png/, /^The Harvest/]) {
    await source.getByRole('button', { name }).first().click()
    await expect(studio.canvas).toBeHidden()
    await expect(studio.dock.getByText(/^Iteration \d+ of \d+/)).toBeVisible()
    await back().click()
    await expect(studio.canvas).toHaveAccessibleName(/^Painting, iteration \d+, of coffee.png/)
  }
  await source
    .getByRole('button', { name: /^astronaut.png/ })
    .first()
    .click()
  await frames().first().click()
  await expect(studio.canvas).toHaveAccessibleName(/of coffee.png/)
})

test('a change in mid-run offers to start again or to go on to the end', async () => {
  await expect(startAgain()).toBeVisible()
  await studio.page.getByRole('button', { name: 'Continue to the end' }).click()
  await expect(startAgain()).toBeHidden()
  await studio.setNumber('Detail', 35)
  await expect(studio.page.getByText(/Changed since: .*Detail 50 to 35/)).toBeVisible()
  expect(await begun()).toBe(1)
  await studio.page.getByRole('button', { name: 'Continue to the end' }).click()
  await expect(startAgain()).toBeHidden()
  const now = await studio.iteration()
  await studio.reach(now + 2)
})

test('Ctrl+Enter starts again with what was changed, and what was painted is kept', async () => {
  await studio.setNumber('Detail', 30)
  await studio.page.keyboard.press('Control+Enter')
  await expect.poll(begun).toBe(2)
  await expect(studio.canvas).toHaveAccessibleName(/astronaut.png/)
  // The one under way, and the one that it took the place of.
  await expect(frames()).toHaveCount(2)
  await expect(frames().nth(1)).toHaveAccessibleName(
    /^coffee.png after The Night Café, .* stopped at iteration \d+ of 900$/,
  )
})

test('with nothing changed Ctrl+Enter leaves the painting alone', async () => {
  await studio.reach(2)
  await studio.page.keyboard.press('Control+Enter')
  const now = await studio.iteration()
  await studio.reach(now + 2)
  expect(await begun()).toBe(2)
})

test('a stop is not undone by the pause that comes after it, and can be forced', async () => {
  const engine = studio.paintingEngine()
  // The engine stands still, as it does in a large step.
  process.kill(engine, 'SIGSTOP')
  const { keyboard } = studio.page
  await keyboard.down('Control')
  await keyboard.down('.')
  await expect(studio.dock.getByRole('button', { name: 'Stop now' })).toBeEnabled()
  // A key that is held repeats itself.
  await keyboard.down('.')
  await keyboard.up('.')
  await keyboard.up('Control')
  await studio.canvas.press('Space')
  await expect(studio.dock.getByRole('button', { name: 'Pause' })).toBeDisabled()
  await expect(studio.dock.getByText('Stopping', { exact: true })).toBeVisible()

  await studio.dock.getByRole('button', { name: 'Stop now' }).click()
  await expect(studio.dock.getByRole('alert')).toBeVisible()
  const main = studio.app.process().pid ?? 0
  await expect.poll(() => childrenOf(main).some(({ id }) => id === engine)).toBe(false)
})

test('what failed is taken up again, with another engine', async () => {
  await studio.dock.getByRole('button', { name: /^Resume|^Try again/ }).click()
  const now = await studio.iteration()
  await studio.reach(now + 2)
  await expect(studio.dock.getByRole('alert')).toBeHidden()
})

test('a cropped photograph that is painted counts as the same photograph', async () => {
  await studio.dock.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
  await studio.page.keyboard.press('Control+Shift+C')
  const dialog = studio.page.getByRole('dialog', { name: 'Crop and straighten' })
  await dialog.getByRole('button', { name: 'Turn right' }).click()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog).toBeHidden()
  const before = await begun()
  await studio.page.keyboard.press('Control+Enter')
  await expect.poll(begun).toBe(before + 1)
  await expect(studio.canvas).toBeVisible()
  await expect(startAgain()).toBeHidden()
  await studio.page.keyboard.press('Control+Enter')
  await studio.reach(2)
  expect(await begun()).toBe(before + 1)
})

test('a painting that failed is one click away, whatever is looked at', async () => {
  const engine = studio.paintingEngine()
  await expect(studio.dock.getByText(/^Iteration ([3-9]|\d\d+) of 900/)).toBeVisible()
  await studio.canvas.press('Space')
  await expect(studio.dock.getByText('Paused', { exact: true })).toBeVisible()
  await studio.dock.getByRole('button', { name: 'Resume', exact: true }).click()
  process.kill(engine, 'SIGSTOP')
  await studio.dock.getByRole('button', { name: 'Stop', exact: true }).click()
  await studio.dock.getByRole('button', { name: 'Stop now' }).click()
  await expect(studio.dock.getByRole('alert')).toContainText(/saved up to iteration \d+/)
  await frames().first().click()
  await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
  await back().click()
  await expect(studio.dock.getByRole('button', { name: /^Resume from iteration/ })).toBeVisible()
  await studio.dock.getByRole('button', { name: /^Resume from iteration/ }).click()
  await studio.reach((await studio.iteration()) + 1)
})

test('closing in mid-run loses nothing: the next window offers to go on', async () => {
  await studio.canvas.press('Space')
  await expect(studio.dock.getByText('Paused', { exact: true })).toBeVisible()
  const saved = await studio.iteration()
  await studio.app.close()
  studio = await ImpastoWindow.open({ folder: studio.folder })
  await expect(studio.dock.getByRole('heading', { name: 'A painting was cut off' })).toBeVisible()
  await expect(studio.dock.getByText(new RegExp(`up to iteration ${saved} of`))).toBeVisible()
  await expect(foot()).toBeHidden()
  await expect(frames()).toHaveCount(2)
})
