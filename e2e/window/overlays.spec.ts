/** @file Everything that lies over the window or speaks up in it, made to happen and looked at in both themes. */
import { mkdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import { ImpastoWindow, testFolder } from './impasto-window'
import { expectWellLaid } from './layout'
import { expectNoViolations, inBothThemes, keepPicture } from './themes'

async function lookAt(
  studio: ImpastoWindow,
  name: string,
  overlay: Locator,
  options: { readonly casts?: boolean } = {},
): Promise<void> {
  await expect(overlay).toBeVisible()
  await inBothThemes(studio.page, async (theme) => {
    await expectWellLaid(overlay, options)
    await keepPicture(studio, `${name}-${theme}`)
  })
  await expectNoViolations(studio.page)
}

/** Where the middle of an element lies, in CSS pixels from the left. */
async function middleOf(element: Locator): Promise<number> {
  const box = await element.boundingBox()
  if (box === null) throw new Error('The element is not in the window')
  return box.x + box.width / 2
}

test('a toast, short and long', async () => {
  const studio = await ImpastoWindow.open()
  await studio.paintSmall({ size: 64, iterations: 2 })
  await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible()
  const toast = studio.page.getByRole('listitem').filter({ hasText: 'Saved as' })
  for (const [name, file] of [
    ['toast', 'painted.jpg'],
    ['toast-long', `${'the-evening-harbour-'.repeat(10)}painted.jpg`],
  ] as const) {
    await studio.answerSaveDialog(studio.at(file))
    await studio.page.keyboard.press('Control+S')
    await expect(toast).toContainText(file)
    // The pointer keeps it there.
    await toast.hover()
    await lookAt(studio, name, toast, { casts: true })
    expect(await middleOf(toast)).toBeCloseTo(await middleOf(studio.canvas), 0)
    await expect(toast.getByRole('button', { name: 'Show in folder' })).toBeVisible()
    await toast.getByRole('button', { name: 'Dismiss' }).click()
    await expect(toast).toBeHidden()
  }
  await studio.dispose()
})

test('a notice, in a wide window and in the narrow strip', async () => {
  const studio = await ImpastoWindow.open()
  const path = await studio.ownPicture('photographs/rocket.jpg', 'harbour.jpg', 320, 213)
  truncateSync(path, Math.floor(statSync(path).size / 2))
  await studio.openPhotograph(path)
  await lookAt(studio, 'notice', studio.page.getByRole('alert'))
  await studio.resize(1024, 680)
  await lookAt(studio, 'notice-narrow', studio.page.getByRole('alert'))
  await studio.page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(studio.page.getByRole('alert')).toBeHidden()
  await keepPicture(studio, 'strip')
  await expectNoViolations(studio.page)
  await studio.dispose()
})

test('the dialogs', async () => {
  const studio = await ImpastoWindow.open()
  const { page } = studio
  const dialog = page.getByRole('dialog')
  for (const [name, action] of [
    ['crop', 'frame-photograph'],
    ['shortcuts', 'shortcuts'],
    ['computer', 'computer'],
    ['settings', 'settings'],
  ] as const) {
    await studio.chooseInMenu(action)
    // The frame lies on the photograph, which is loaded with the dialog.
    if (action === 'frame-photograph') await expect(dialog.locator('img')).toHaveJSProperty('complete', true)
    if (action === 'computer') await expect(dialog.getByText('none')).toBeVisible()
    await lookAt(studio, `dialog-${name}`, dialog, { casts: true })
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  await studio.dispose()
})

test('the question before something is lost', async () => {
  const first = await ImpastoWindow.open()
  await first.paintSmall({ size: 96, iterations: 500 })
  await first.reach(5)
  await first.canvas.press('Space')
  await expect(first.dock.getByText('Paused', { exact: true })).toBeVisible()
  await first.kill()

  const second = await ImpastoWindow.open({ folder: first.folder })
  await lookAt(second, 'cut-off', second.dock.getByRole('status').filter({ hasText: 'cut off' }))
  await second.dock.getByRole('button', { name: 'Discard…' }).click()
  await lookAt(second, 'confirm', second.page.getByRole('alertdialog'), { casts: true })
  await second.dispose()
})

test('a failure: too little memory, and no weights', async () => {
  const studio = await ImpastoWindow.open({ environment: { IMPASTO_MEMORY_LIMIT: '1' } })
  await studio.page.keyboard.press('Control+Enter')
  await expect(studio.page.getByRole('alert')).toContainText('of memory')
  await lookAt(studio, 'failure-memory', studio.dock.getByRole('alert'))
  await studio.dispose()

  const folder = testFolder()
  mkdirSync(join(folder, 'weights'))
  const without = await ImpastoWindow.open({
    folder,
    environment: { IMPASTO_WEIGHTS: join(folder, 'weights') },
  })
  await expect(without.page.getByRole('alert')).toContainText('weights are missing')
  await lookAt(without, 'failure-weights', without.dock.getByRole('alert'))
  await without.dispose()
})

test.describe('files are dragged over the window', () => {
  let studio: ImpastoWindow

  test.beforeAll(async () => {
    studio = await ImpastoWindow.open()
  })
  test.afterAll(() => studio.dispose())

  /** Drags a file to the middle of a place; it stays there until it is dropped. */
  async function drag(path: string, place: Locator): Promise<(type: 'drop') => Promise<void>> {
    const box = await place.boundingBox()
    if (box === null) throw new Error('The place is not in the window')
    const session = await studio.page.context().newCDPSession(studio.page)
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const send = async (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<void> => {
      const data = { items: [], files: [path], dragOperationsMask: 1 }
      await session.send('Input.dispatchDragEvent', { type, ...at, data })
    }
    await send('dragEnter')
    await send('dragOver')
    await send('dragOver')
    return send
  }

  const source = (): Locator => studio.page.getByRole('complementary', { name: 'Source' })
  const shelf = (): Locator => source().getByRole('group', { name: 'Paintings' })

  test('the overlay says where they would go', async () => {
    const path = await studio.ownPicture('photographs/rocket.jpg', 'launch.png', 96, 64)
    for (const [width, height] of [
      [1440, 900],
      [1024, 680],
    ] as const) {
      await studio.resize(width, height)
      await drag(path, studio.page.getByRole('region', { name: 'Canvas' }))
      const photograph = studio.page.getByText('Use as photograph').locator('..')
      const painting = studio.page.getByText('Add to the paintings').locator('..')
      await lookAt(studio, `drop-${width}`, photograph)
      await lookAt(studio, `drop-paintings-${width}`, painting)
      // DevTools cannot drag out of the window, so its last event is made by hand.
      await studio.page.evaluate("window.dispatchEvent(new DragEvent('dragleave'))")
      await expect(photograph).toBeHidden()
    }
  })

  test('a file goes where it is dropped: the shelf, the photograph’s place, the stage', async () => {
    await studio.resize(1440, 900)
    const drops = [
      {
        name: 'field.png',
        place: shelf,
        becomes: () => shelf().getByRole('button', { name: 'field.png', pressed: true }),
      },
      {
        name: 'launch.png',
        place: () => source().getByRole('img', { name: 'The photograph' }),
        becomes: () => source().getByText('launch.png'),
      },
      {
        name: 'harbour.png',
        place: () => studio.page.getByRole('region', { name: 'Canvas' }),
        becomes: () => source().getByText('harbour.png'),
      },
    ]
    for (const { name, place, becomes } of drops) {
      const path = await studio.ownPicture('photographs/rocket.jpg', name, 96, 64)
      const end = await drag(path, place())
      await end('drop')
      await expect(becomes()).toBeVisible()
    }
  })
})

test('a slider answers on its own line', async () => {
  const studio = await ImpastoWindow.open()
  const slider = studio.page.getByRole('slider', { name: 'Strength' })
  const value = studio.page.getByRole('spinbutton', { name: 'Strength' })
  const box = await slider.boundingBox()
  if (box === null) throw new Error('There is no slider')
  // A quarter along, in the very middle of the height, lies the filled part of the line.
  await studio.page.mouse.click(box.x + box.width / 4, box.y + box.height / 2)
  const clicked = Number(await value.inputValue())
  expect(clicked).toBeGreaterThan(20)
  expect(clicked).toBeLessThan(30)

  await studio.page.mouse.move(box.x + box.width / 8, box.y + box.height / 2)
  await studio.page.mouse.down()
  await studio.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 })
  await studio.page.mouse.up()
  expect(Number(await value.inputValue())).toBeGreaterThan(45)
  await studio.dispose()
})
