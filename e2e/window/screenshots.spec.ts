/**
 * @file The pictures of the window in docs/images. They are taken only when they are asked for, since a real painting
 * takes a minute: IMPASTO_SCREENSHOTS=docs/images node scripts/e2e.mjs e2e/window/screenshots.spec.ts
 */
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { ImpastoWindow } from './impasto-window'

const folder = process.env.IMPASTO_SCREENSHOTS

if (folder !== undefined) {
  test('the window is shown in every state', async () => {
    const studio = await ImpastoWindow.open()
    const { page } = studio
    const shoot = async (name: string, colorScheme: 'dark' | 'light', width = 1440, height = 900) => {
      await studio.app.evaluate(
        ({ BrowserWindow }, size) => {
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height)
        },
        { width, height },
      )
      await page.emulateMedia({ colorScheme })
      await page.mouse.move(0, 0)
      await page.waitForTimeout(600)
      const path = join(folder, `studio-${name}.webp`)
      await sharp(await page.screenshot())
        .webp({ quality: 92 })
        .toFile(path)
    }

    await expect(page.getByRole('button', { name: /^CPU/ })).toBeVisible()
    await shoot('start-dark', 'dark')
    await shoot('start-light', 'light')

    await page.keyboard.press('Control+Enter')
    await studio.reach(90, 120_000)
    await page.getByRole('radio', { name: 'Split' }).click()
    await shoot('running-dark', 'dark')
    await shoot('running-narrow', 'dark', 1024, 680)
    await expect(studio.dock.getByText('Finished', { exact: true })).toBeVisible({ timeout: 150_000 })
    await page.getByRole('radio', { name: 'Painting', exact: true }).click()
    await shoot('done-dark', 'dark')
    await shoot('done-light', 'light')
    await studio.dispose()
  })
}
