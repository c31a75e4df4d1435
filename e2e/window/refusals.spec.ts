/** @file What cannot be done is said, with the reason, and harms nothing. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { defaultStyleRecipe } from '../../src-shared/model/style-recipe'
import { ImpastoWindow, isRoot, testFolder } from './impasto-window'

test('a damaged file is refused with the reason, in the place where it should have gone', async () => {
  const studio = await ImpastoWindow.open()
  const path = await studio.ownPicture('photographs/rocket.jpg', 'harbour.jpg', 320, 213)
  truncateSync(path, Math.floor(statSync(path).size / 2))
  await studio.openPhotograph(path)
  const notice = studio.page.getByRole('alert')
  await expect(notice).toContainText('harbour.jpg was not added')
  await expect(notice).toContainText('is damaged or ends early. Copy it again from where it came.')
  await expect(notice).not.toContainText(studio.folder)
  await expect(studio.page.getByRole('button', { name: 'Paint', exact: true })).toBeEnabled()
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toBeHidden()

  writeFileSync(studio.at('recipe.json'), JSON.stringify({ version: 99 }))
  await studio.openPhotograph(studio.at('recipe.json'))
  await expect(notice).toContainText('was written by a newer Impasto')

  await studio.app.evaluate(({ clipboard }) => {
    clipboard.writeText('no picture')
  })
  await studio.page.keyboard.press('Control+V')
  await expect(notice).toContainText('The clipboard holds no picture.')
  await studio.dispose()
})

test('a value out of range keeps the old one and says the range', async () => {
  const studio = await ImpastoWindow.open()
  const { strength } = defaultStyleRecipe
  await studio.setNumber('Strength', 140)
  await expect(studio.page.getByText(`Strength goes from 0 to 100. It stays at ${strength}.`)).toBeVisible()
  await studio.page.getByRole('slider', { name: 'Strength' }).focus()
  await expect(studio.page.getByRole('spinbutton', { name: 'Strength' })).toHaveValue(String(strength))
  await studio.page.keyboard.press('Shift+ArrowRight')
  await studio.page.keyboard.press('ArrowLeft')
  await expect(studio.page.getByRole('spinbutton', { name: 'Strength' })).toHaveValue(String(strength + 9))
  await studio.dispose()
})

test('missing weights are said before anybody paints', async () => {
  const folder = testFolder()
  mkdirSync(join(folder, 'weights'))
  const studio = await ImpastoWindow.open({
    folder,
    environment: { IMPASTO_WEIGHTS: join(folder, 'weights') },
  })
  await expect(studio.page.getByRole('alert')).toContainText('The painting engine is not available')
  await expect(studio.page.getByRole('alert')).toContainText('weights are missing')
  await studio.page.keyboard.press('Control+Enter')
  await expect(studio.page.getByRole('alert')).toContainText('The painting could not begin')
  await studio.dispose()
})

test('a painting that needs more memory than is free is not begun without a word', async () => {
  const studio = await ImpastoWindow.open({ environment: { IMPASTO_MEMORY_LIMIT: '1' } })
  await expect(studio.page.getByText('More memory than is free')).toBeVisible()
  await studio.page.keyboard.press('Control+Enter')
  await expect(studio.page.getByRole('alert')).toContainText('of memory')
  await studio.dispose()
})

// Only root may mount the small disks that these tests fill.
if (isRoot) {
  test('a disk with no room for the picture ends the painting with the reason, and the window goes on', async () => {
    await withLibraryOf('64k', async (studio) => {
      await studio.paintSmall({ size: 192, iterations: 25 })
      await expect(studio.page.getByRole('alert')).toContainText('There is no room left on the disk')
      await expect(studio.page.getByRole('alert')).toContainText('Free some space')
      await expect(studio.page.getByRole('button', { name: 'Open a photograph' })).toBeEnabled()
    })
  })

  test('a disk with no room for checkpoints does not end the painting, and a pause does not claim to be saved', async () => {
    await withLibraryOf('2m', async (studio) => {
      await studio.paintSmall({ size: 192, iterations: 25 })
      await studio.reach(3)
      await studio.dock.getByRole('button', { name: 'Pause' }).click()
      await expect(studio.dock).toContainText('not saved')
      await expect(studio.page.getByText('The disk of the library is full').last()).toBeVisible()
      await studio.dock.getByRole('button', { name: 'Resume' }).click()
      await expect(studio.dock).toContainText('Finished')
    })
  })
}

/** Opens a window whose library lies on a disk of its own of that size. */
async function withLibraryOf(size: string, work: (studio: ImpastoWindow) => Promise<void>): Promise<void> {
  const folder = testFolder()
  const library = join(folder, 'library')
  mkdirSync(library)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', library])
  try {
    const studio = await ImpastoWindow.open({ folder })
    await work(studio)
    await studio.app.close()
  } finally {
    execFileSync('umount', [library])
    rmSync(folder, { recursive: true })
  }
}
