/** @file Shows the window in both themes: to axe's rules, and to whoever opens the pictures. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { ImpastoWindow } from './impasto-window'

const THEMES = ['dark', 'light'] as const
type Theme = (typeof THEMES)[number]

export async function inBothThemes(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await look(theme)
  }
}

export async function expectNoViolations(page: Page): Promise<void> {
  await inBothThemes(page, async (theme) => {
    // Electron cannot open the second page that axe would gather its results in.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    const found = violations.map(
      ({ id, nodes }) => `${theme}: ${id}: ${nodes.map((node) => node.html).join(' ')}`,
    )
    expect(found).toEqual([])
  })
}

/** Keeps a picture of the window in the folder that IMPASTO_SCREENSHOTS names, where it does. */
export async function keepPicture(studio: ImpastoWindow, name: string): Promise<void> {
  const folder = process.env.IMPASTO_SCREENSHOTS
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  // Playwright cuts its pictures of a zoomed page; the window's own are whole.
  const png = await studio.app.evaluate(async ({ BrowserWindow }) => {
    const picture = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return picture?.toPNG().toString('base64') ?? ''
  })
  writeFileSync(join(folder, `${name}.png`), Buffer.from(png, 'base64'))
}
