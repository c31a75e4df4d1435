/** @file A library of many paintings: the strip shows a part of them at a time, and the keys work as in a short one. */
import { cpSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { ImpastoWindow } from './impasto-window'

const COPIES = 150
let studio: ImpastoWindow

const jobSchema = z.looseObject({ output: z.looseObject({ path: z.string() }) })

/** Copies the one painting of a library, with its run, so that all look the same but are made one after the other. */
function multiply(library: string): void {
  const [original = ''] = readdirSync(join(library, 'runs'))
  const folder = join(library, 'runs', original)
  const job = jobSchema.parse(JSON.parse(readFileSync(join(folder, 'job.json'), 'utf8')))
  for (let copy = 1; copy <= COPIES; copy += 1) {
    const runId = `copy-${copy}`
    const own = join(library, 'runs', runId)
    const path = join(library, 'pictures', `${runId}.png`)
    cpSync(folder, own, { recursive: true })
    cpSync(job.output.path, path)
    const changed = { ...job, runId, folder: own, output: { ...job.output, path } }
    writeFileSync(join(own, 'job.json'), JSON.stringify(changed))
    const ended = new Date(2026, 0, 1, 0, copy)
    for (const file of [path, join(own, 'progress.json'), join(own, 'thumbnail.jpg')])
      utimesSync(file, ended, ended)
  }
}

test.beforeAll(async () => {
  const first = await ImpastoWindow.open()
  await first.paintSmall({ size: 64, iterations: 2 })
  await expect(first.dock.getByText('2 iterations', { exact: true })).toBeVisible()
  // Its thumbnail is made, and copied with the rest.
  await expect(first.page.getByRole('radiogroup', { name: 'Paintings made' }).locator('img')).toBeVisible()
  await first.app.close()
  multiply(join(first.folder, 'library'))
  studio = await ImpastoWindow.open({ folder: first.folder })
})
test.afterAll(() => studio.dispose())
test.describe.configure({ mode: 'serial' })

const frames = () => studio.page.getByRole('radiogroup', { name: 'Paintings made' }).getByRole('radio')
const more = (name: string) => studio.page.getByRole('button', { name, exact: true })

test('shows the newest, says how many there are, and more where that is wished', async () => {
  const { page } = studio
  await expect(frames()).toHaveCount(60)
  await expect(frames().first()).toHaveAttribute('aria-setsize', String(COPIES + 1))
  await expect(frames().nth(59)).toHaveAttribute('aria-posinset', '60')
  await frames().first().click()
  await page.keyboard.press('End')
  await expect(frames().nth(59)).toBeFocused()
  await expect(frames().nth(59)).toBeInViewport()
  await more('Show 60 more').click()
  await expect(frames().nth(60)).toBeFocused()
  await more('Show 31 more').click()
  await expect(frames()).toHaveCount(COPIES + 1)
  await expect(more('Show 31 more')).toBeHidden()
  await page.keyboard.press('ArrowRight', { delay: 200 })
  await expect(frames().nth(121)).toBeChecked()
  await page.keyboard.press('Home')
  await expect(frames().first()).toBeInViewport()
})

test('after Delete the focus is on the painting that is looked at next', async () => {
  await frames().nth(3).click()
  for (const left of [COPIES, COPIES - 1]) {
    await studio.page.keyboard.press('Delete')
    await expect(frames()).toHaveCount(left)
    await expect(frames().nth(3)).toBeChecked()
    await expect(frames().nth(3)).toBeFocused()
  }
})
