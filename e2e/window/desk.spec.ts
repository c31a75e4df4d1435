/** @file Files that come to the desk in numbers and go from it: in order, each refusal named, nothing twice. */
import { writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { windowPictureSchema } from '../../src-shared/model/window-picture'
import { ImpastoWindow } from './impasto-window'

let studio: ImpastoWindow

test.beforeAll(async () => {
  studio = await ImpastoWindow.open()
})
test.afterAll(() => studio.dispose())
test.describe.configure({ mode: 'serial' })

const source = () => studio.page.getByRole('complementary', { name: 'Source' })
const photographs = () => source().getByRole('group', { name: 'Photographs' })
const paintings = () => source().getByRole('group', { name: 'Paintings' })

async function drop(paths: readonly string[]): Promise<void> {
  const session = await studio.page.context().newCDPSession(studio.page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [...paths], dragOperationsMask: 1 }
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 400, data })
  }
}

test('twelve dropped files are taken in their order, and every one that is refused is named', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `picture-${String(index + 1).padStart(2, '0')}.png`)
  const paths = await Promise.all(
    names.map(async (name, index) => {
      if (index !== 4 && index !== 8) {
        // The earlier are the larger, so that they would be overtaken if they could be.
        return studio.ownPicture('photographs/rocket.jpg', name, 1300 - 100 * index, 900 - 50 * index)
      }
      writeFileSync(studio.at(name), 'no picture')
      return studio.at(name)
    }),
  )
  await drop(paths)
  await expect(source().getByText('picture-12.png')).toBeVisible()
  const own = photographs().getByRole('button', { name: /^picture-\d\d.png$/ })
  const taken = await own.evaluateAll((buttons: readonly { title: string }[]) =>
    buttons.map(({ title }) => title),
  )
  expect(taken).toEqual(names.filter((_, index) => index !== 4 && index !== 8))
  const notice = studio.page.getByRole('alert')
  await expect(notice).toContainText('2 files were not added')
  await expect(notice).toContainText('picture-05.png')
  await expect(notice).toContainText('picture-09.png')
  await notice.getByRole('button', { name: 'Dismiss' }).click()
})

test('the same picture twice is one tile', async () => {
  const path = await studio.ownPicture('paintings/harvest-at-la-crau.webp', 'field.png', 200, 165)
  await studio.answerOpenDialog(path)
  const tile = paintings().getByRole('button', { name: 'field.png', exact: true })
  await studio.page.keyboard.press('Control+Shift+O')
  await expect(tile).toHaveCount(1)
  await paintings()
    .getByRole('button', { name: /^The Night Café, 1888$/ })
    .click()
  await studio.page.keyboard.press('Control+Shift+O')
  await expect(
    paintings().getByRole('button', { name: 'field.png', exact: true, pressed: true }),
  ).toBeVisible()
  await expect(tile).toHaveCount(1)
})

test('a tile is taken off the shelf by its cross or by Delete, and comes back by undo', async () => {
  const tile = paintings().getByRole('button', { name: 'field.png', exact: true })
  const undo = studio.page.getByRole('button', { name: 'Undo' })
  await tile.hover()
  await paintings().getByRole('button', { name: 'Take field.png off the shelf' }).click()
  await expect(tile).toBeHidden()
  await undo.click()
  await expect(tile).toHaveAttribute('aria-pressed', 'true')
  await tile.press('Delete')
  await expect(tile).toBeHidden()
  await undo.click()
  await expect(tile).toBeVisible()
})

test('a picture too small to be painted is refused when it is opened', async () => {
  await studio.openPhotograph(await studio.ownPicture('photographs/chelsea.png', 'stamp.png', 20, 20))
  await expect(studio.page.getByRole('alert')).toContainText(
    'stamp.png measures 20 × 20 px; each side needs at least 64 px.',
  )
})

test('a crop ends where the photograph would become too small to be painted', async () => {
  const { page } = studio
  await studio.openPhotograph(await studio.ownPicture('photographs/chelsea.png', 'cat.png', 120, 80))
  await expect(source().getByText('120 × 80')).toBeVisible()
  await page.keyboard.press('Control+Shift+C')
  const dialog = page.getByRole('dialog', { name: 'Crop and straighten' })
  const corner = dialog.getByRole('button', { name: 'Bottom right corner' })
  for (let press = 0; press < 6; press += 1) await corner.press('Shift+ArrowLeft')
  await expect(dialog.getByText('64 × 80 px')).toBeVisible()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(source().getByText('64 × 80')).toBeVisible()
  // Whatever the page asks for, main refuses less.
  const latest = (): Promise<unknown> =>
    page.evaluate('window.impasto.windowState({}).then(({ value }) => value.photographs.at(-1))')
  // The desk is kept once it has rested.
  await expect.poll(latest).toMatchObject({ name: 'cat.png' })
  const { id } = windowPictureSchema.parse(await latest())
  const crop = { left: 0, top: 0, width: 0.2, height: 1 }
  const request = JSON.stringify({ photograph: id, framing: { crop } })
  const reply = await page.evaluate(`window.impasto.framePhotograph(${request})`)
  expect(reply).toMatchObject({ ok: false, error: { code: 'image-too-small' } })
})
