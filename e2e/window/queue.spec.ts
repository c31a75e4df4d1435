/** @file Paintings that wait for their turn: worked off whatever dies, set aside where they fail, ordered by hand. */
import { renameSync } from 'node:fs'
import { expect, test, type Locator } from '@playwright/test'
import { ImpastoWindow } from './impasto-window'
import { layoutFaults } from './layout'
import { expectNoViolations, inBothThemes, keepPicture } from './themes'

const queueOf = (studio: ImpastoWindow): Locator => studio.page.getByRole('region', { name: 'Queue' })
const itemsOf = (studio: ImpastoWindow): Locator => queueOf(studio).getByRole('listitem')
const framesOf = (studio: ImpastoWindow): Locator =>
  studio.page.getByRole('radiogroup', { name: 'Paintings made' }).getByRole('radio')

/** Begins a painting that lasts, and has others wait behind it that differ in their detail. */
async function fill(studio: ImpastoWindow, iterations: number, waiting: number): Promise<void> {
  await studio.paintSmall({ size: 96, iterations })
  await studio.reach(2, 90_000)
  await studio.setNumber('Iterations', 12)
  for (let place = 1; place <= waiting; place += 1) {
    await studio.setNumber('Detail', 10 * place)
    await studio.page.keyboard.press('Control+Shift+Enter')
    await expect(itemsOf(studio)).toHaveCount(place + 1)
  }
}

test('five paintings finish over a kill of the engine and a restart of the window', async () => {
  const first = await ImpastoWindow.open()
  await fill(first, 120, 4)
  await expect(queueOf(first).getByText(/^4 waiting/)).toBeVisible()
  const engine = first.paintingEngine()
  process.kill(engine, 'SIGKILL')
  await expect(first.page.getByText(/^The engine stopped and was started again/).first()).toBeVisible()
  await expect(itemsOf(first)).toHaveCount(4, { timeout: 90_000 })
  await first.kill()

  const second = await ImpastoWindow.open({ folder: first.folder })
  await expect(second.page.getByText('A painting was cut off')).toBeHidden()
  await expect(framesOf(second)).toHaveCount(5, { timeout: 90_000 })
  await expect(second.dock.getByText('Finished', { exact: true })).toBeVisible()
  await expect(queueOf(second)).toBeHidden()
  for (const place of [0, 1, 2, 3, 4]) {
    await expect(framesOf(second).nth(place)).not.toHaveAccessibleName(/stopped/)
  }
  await second.dispose()
})

test('a painting that fails is set aside with its reason, and the next begins', async () => {
  const studio = await ImpastoWindow.open()
  await studio.paintSmall({ size: 96, iterations: 5000 })
  await studio.reach(2, 90_000)
  const own = await studio.ownPicture('photographs/rocket.jpg', 'harbour.png', 120, 80)
  await studio.openPhotograph(own)
  await expect(studio.page.getByText('120 × 80', { exact: true })).toBeVisible()
  await studio.setNumber('Iterations', 3)
  await studio.page.keyboard.press('Control+Shift+Enter')
  await studio.setNumber('Detail', 30)
  await studio.page.keyboard.press('Control+Shift+Enter')
  await studio.page
    .getByRole('complementary', { name: 'Source' })
    .getByRole('button', { name: /^astronaut.png/ })
    .first()
    .click()
  await expect(studio.page.getByText('512 × 512', { exact: true })).toBeVisible()
  await studio.page.keyboard.press('Control+Shift+Enter')
  await expect(itemsOf(studio)).toHaveCount(4)
  renameSync(own, `${own}.away`)
  await studio.dock.getByRole('button', { name: 'Stop', exact: true }).click()

  await expect(queueOf(studio).getByText(/^2 set aside/)).toBeVisible()
  await expect(framesOf(studio).first()).toHaveAccessibleName(/^astronaut.png/)
  await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
  await expect(itemsOf(studio).first()).toContainText(
    /^harbour.png after .*Set aside: harbour.png does not exist/,
  )
  await keepPicture(studio, 'queue-set-aside')

  renameSync(`${own}.away`, own)
  const again = /^Queue harbour.png after .* again$/
  await itemsOf(studio).first().getByRole('button', { name: again }).click()
  await expect(framesOf(studio)).toHaveCount(3)
  await itemsOf(studio).first().getByRole('button', { name: again }).click()
  await expect(framesOf(studio)).toHaveCount(4)
  await expect(queueOf(studio)).toBeHidden()
  await studio.dispose()
})

test.describe('the queue in the window', () => {
  let studio: ImpastoWindow

  test.beforeAll(async () => {
    studio = await ImpastoWindow.open()
    await fill(studio, 5000, 3)
  })
  test.afterAll(() => studio.dispose())
  test.describe.configure({ mode: 'serial' })

  /** The runs that wait, in their order. */
  const order = (): Promise<readonly (string | null)[]> =>
    itemsOf(studio).evaluateAll((items: { getAttribute(name: string): string | null }[]) =>
      items.slice(1).map((item) => item.getAttribute('data-queued')),
    )

  test('a change in mid-run can be queued, and the painting goes on to its end', async () => {
    const recipe = studio.page.getByRole('complementary', { name: 'Recipe' })
    await studio.setNumber('Detail', 77)
    await expect(recipe.getByRole('button', { name: 'Start again with this' })).toBeVisible()
    await recipe.getByRole('button', { name: 'Queue with this change' }).click()
    await expect(itemsOf(studio)).toHaveCount(5)
    await expect(recipe.getByRole('button', { name: 'Start again with this' })).toBeHidden()
    await expect(recipe.getByRole('button', { name: 'Add to the queue' })).toBeEnabled()
  })

  test('it fits the window at every size, in both themes', async () => {
    const faults: string[] = []
    for (const [width, height] of [
      [1024, 680],
      [1440, 900],
      [1920, 1080],
      [2560, 1440],
    ] as const) {
      await studio.resize(width, height)
      await inBothThemes(studio.page, async (theme) => {
        const place = `queue-${width}-${theme}`
        await keepPicture(studio, place)
        const found = await layoutFaults(studio.page.locator('body'))
        faults.push(...found.map((fault) => `${place}: ${fault}`))
      })
    }
    expect(faults).toEqual([])
    await studio.resize(1440, 900)
    await expectNoViolations(studio.page)
  })

  test('it is reordered by buttons and by keys, and the focus stays', async () => {
    const [a, b, ...rest] = await order()
    const later = itemsOf(studio)
      .nth(1)
      .getByRole('button', { name: /later$/ })
    await later.focus()
    await studio.page.keyboard.press('Enter')
    await expect.poll(order).toEqual([b, a, ...rest])
    const moved = itemsOf(studio)
      .nth(2)
      .getByRole('button', { name: /later$/ })
    await expect(moved).toBeFocused()
    await expect(studio.page.getByText(/ is now 2 of 4$/)).toBeAttached()
    await studio.page.keyboard.press('Alt+ArrowLeft')
    await expect.poll(order).toEqual([a, b, ...rest])
    // At the front it cannot go earlier.
    await studio.page.keyboard.press('Alt+ArrowLeft')
    await expect.poll(order).toEqual([a, b, ...rest])
  })

  test('one is taken out and comes back where it was', async () => {
    const before = await order()
    await itemsOf(studio)
      .nth(2)
      .getByRole('button', { name: /out of the queue$/ })
      .click()
    await expect(itemsOf(studio)).toHaveCount(4)
    const toast = studio.page.getByRole('listitem').filter({ hasText: 'out of the queue.' })
    await toast.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(order).toEqual(before)
    await itemsOf(studio)
      .nth(2)
      .getByRole('button', { name: /earlier$/ })
      .press('Delete')
    await expect(itemsOf(studio)).toHaveCount(4)
    await expect(
      itemsOf(studio)
        .nth(2)
        .getByRole('button', { name: /earlier$/ }),
    ).toBeFocused()
    await studio.page.keyboard.press('Control+Z')
    await expect.poll(order).toEqual(before)
  })

  test('it is paused: nothing begins when the painting ends, also in the next window', async () => {
    await queueOf(studio).getByRole('button', { name: 'Pause queue' }).click()
    await expect(queueOf(studio).getByText(/^paused, 4 waiting/)).toBeVisible()
    await studio.dock.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(studio.dock.getByText('Stopped', { exact: true })).toBeVisible()
    await expect(itemsOf(studio)).toHaveCount(4)
    await studio.app.close()
    studio = await ImpastoWindow.open({ folder: studio.folder })
    await expect(queueOf(studio).getByText(/^paused, 4 waiting/)).toBeVisible()
    await expect(
      itemsOf(studio)
        .first()
        .getByRole('button', { name: /^Move coffee.png/ })
        .first(),
    ).toBeVisible()
    await keepPicture(studio, 'queue-paused')
    await queueOf(studio).getByRole('button', { name: 'Resume queue' }).click()
    await expect.poll(() => framesOf(studio).count()).toBeGreaterThan(1)
  })

  test('it is cleared, and an undo brings it back', async () => {
    await queueOf(studio).getByRole('button', { name: 'Pause queue' }).click()
    const waiting = await queueOf(studio)
      .getByRole('button', { name: /out of the queue$/ })
      .count()
    expect(waiting).toBeGreaterThan(0)
    await queueOf(studio).getByRole('button', { name: 'Clear', exact: true }).click()
    await expect(queueOf(studio).getByRole('button', { name: /out of the queue$/ })).toHaveCount(0)
    await studio.page.keyboard.press('Control+Z')
    await expect(queueOf(studio).getByRole('button', { name: /out of the queue$/ })).toHaveCount(waiting)
  })
})
